search-label = Search the desk
search-hint = Find anything
search-title = Search
search-caption = Accounts, contacts, quotes, notes and pages you may open
search-begin = Type a name, a number, a domain or a word from a note.
search-too-short = One letter finds too much. Type at least two; a single Chinese character is enough.
search-nothing = Nothing of yours holds “{ $text }”. Check the spelling, or try a part of the name.
search-pages = Pages
search-accounts = Accounts
search-contacts = Contacts
search-quotes = Quotes
search-notes = Notes
search-count = { $count ->
    [one] { $count } hit
   *[other] { $count } hits
}
search-more = { $count ->
    [one] { $count } more: type a longer part to narrow the search
   *[other] { $count } more: type a longer part to narrow the search
}
search-inactive = Left
