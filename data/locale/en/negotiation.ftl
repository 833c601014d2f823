error-negotiation-text-missing = { $field ->
    [note] Not saved: the note is empty. Write what was said.
    [amendment] Not saved: the amendment is empty. Write what to add.
    [summary] Not saved: the summary is empty. Write what came out of the contact.
    [promise] Not saved: the promise is empty. Write what was promised.
    [proof] Not saved: a kept promise needs its proof. Write how the customer can tell.
    [reason] Not saved: dropping a promise needs a reason. Write why.
   *[other] Not saved: the text is empty.
}
error-negotiation-text-long = Not saved: { $length } characters are too many here, the limit is { $limit }. Shorten the text or split it.
error-negotiation-text-control = Not saved: the text holds invisible control or direction characters. Paste it as plain text.
error-negotiation-channel = Not saved: choose how the contact took place.
error-negotiation-script = Not saved: this buyer script is not known.
error-negotiation-touch-ahead = Not saved: the contact lies in the future. Log it once it took place.
error-negotiation-touch-old = Not saved: the contact lies before the year { $year }. Check the date.
error-negotiation-due-past = Not saved: the date has passed. A promise is for today or later.
error-negotiation-due-far = Not saved: the date is more than five years ahead. Check the year.
error-negotiation-owner = Not saved: this person cannot see the account. Choose somebody who looks after it.
error-negotiation-promise-closed = Not saved: this promise was closed meanwhile. Reload to see how.
error-negotiation-promise-code = Not saved: this promise is not in the catalogue any more. Choose another one.
error-negotiation-promise-both = Not saved: a promise of the catalogue brings its own words. Leave the text empty, or choose own words.
error-negotiation-promise-own = Not saved: you answer for this promise, so somebody else approves it.
error-negotiation-promise-settled = Not saved: this promise needs no approval any more. Reload to see it.
error-negotiation-task-moved = Not saved: somebody has moved this task meanwhile. Reload to see it.
error-negotiation-nothing-promised = There is no open promise to confirm. Record one first.
error-form-used-already = Not saved again: this form was sent before with other content. Reload the page and enter it once more.

negotiation-title = Negotiation
negotiation-title-account = Negotiation: { $account }
negotiation-caption = { $notes ->
    [0] No notes yet
    [one] { $notes } note
   *[other] { $notes } notes
} · { $promises ->
    [0] no open promise
    [one] { $promises } open promise
   *[other] { $promises } open promises
} · { $touch } · internal, the customer cannot see this page
negotiation-caption-choose = Notes, promises and contacts, one account at a time
negotiation-last-touch = last contact { $day }
negotiation-no-touch = no contact logged
negotiation-account = Account
negotiation-search-account = Find an account
negotiation-choose = Choose an account to see its notes and promises.
negotiation-open-account = Open account

negotiation-notes = Notes
negotiation-notes-empty = No notes yet. Write what was said after the next talk.
negotiation-notes-filtered = No notes match. Clear the search or choose All.
negotiation-notes-more = { $count ->
    [one] { $count } older note is not shown. Search finds it.
   *[other] { $count } older notes are not shown. Search finds them.
}
negotiation-search = Search notes
negotiation-view = Notes shown
negotiation-view-all = All
negotiation-view-internal = Internal
negotiation-view-shared = Shared
negotiation-internal = Internal
negotiation-shared = Shared
negotiation-note-hint = What was said, what follows
negotiation-note-shared = Fit for the customer
negotiation-note-tag = Buyer script
negotiation-tag-none = No script
negotiation-tag-opener = Opener: facts stated
negotiation-tag-impact = Priority by impact
negotiation-tag-clause = Clause cited
negotiation-tag-escalation = Escalation asked
negotiation-tag-closing = Closing
negotiation-save-note = Save note
negotiation-note-saved = Note saved
negotiation-amend = Amend
negotiation-amend-text = Amendment
negotiation-save-amendment = Save amendment
negotiation-amended = Amendment saved
negotiation-amendment-by = Amended by { $author }, { $moment }

negotiation-promises = Promises
negotiation-promises-count = { $open } open, { $overdue } overdue
negotiation-promises-empty = No promises yet. Record what was promised, with owner and date.
negotiation-owner = Owner
negotiation-due = Due
negotiation-status = Status
negotiation-state-open = open
negotiation-state-today = due today
negotiation-state-overdue = overdue
negotiation-state-kept = kept
negotiation-state-dropped = dropped
negotiation-new-promise = New promise
negotiation-promise-hint = What the customer was promised
negotiation-save-promise = Save promise
negotiation-promise-saved = Promise saved
negotiation-close = Settle
negotiation-close-text = Proof, or the reason for dropping it
negotiation-keep = Mark as kept
negotiation-drop = Drop
negotiation-kept = Promise kept
negotiation-dropped = Promise dropped

negotiation-touches = Contacts
negotiation-touches-empty = No contact logged yet. Log the next call, message or visit.
negotiation-channel = Channel
negotiation-contact = Spoke with
negotiation-channel-call = Call
negotiation-channel-wechat = WeChat
negotiation-channel-email = E-mail
negotiation-channel-meeting = Online meeting
negotiation-channel-visit = Visit
negotiation-channel-other = Other
negotiation-log-touch = Log contact
negotiation-touch-logged = Contact logged
negotiation-touch-hint = What came out of it
negotiation-touch-day = Day
negotiation-touch-time = Time
negotiation-touch-two-way = They answered
negotiation-nobody = Nobody in particular

negotiation-quotes = Latest quotes
negotiation-quotes-empty = No quotes for this account yet.
negotiation-quote = Quote
negotiation-net = Net
negotiation-currency = Currency

negotiation-closing = Closing confirmation
negotiation-closing-help = A draft in the account's language: what, when, contact. Copy it into a mail or chat; nothing is sent from here.
negotiation-closing-button = Draft confirmation
negotiation-closing-subject = { $account }: what we agreed
negotiation-closing-hello = Hello { $name },
negotiation-closing-hello-all = Hello { $account } team,
negotiation-closing-intro = Thank you for the talk. This is what we will do:
negotiation-closing-line = { $number }. { $what }, by { $when }, contact: { $contact }
negotiation-closing-ask = If something is missing or different from what you remember, tell us and we will correct it.
