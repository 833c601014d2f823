rebook-newer = Version { $number } of this price book holds since { $day }
rebook-change = this quote: { $change }
rebook-newer-note = The draft stands on version { $number } and keeps it until somebody moves it.
rebook-move = Move to version { $number }
rebook-moved = Quote priced from the other book
rebook-currency = Another currency
rebook-currency-note = All lines take their prices from the book in the other currency; nothing is converted from { $currency }, and approvals no longer hold.
rebook-currency-to = Currency
rebook-switch = Price in { $currency }
rebook-total = Total
rebook-col-item = Product
rebook-col-quantity = Quantity
rebook-col-old = Now, { $currency }
rebook-col-new = There, { $currency }
rebook-col-change = Difference
rebook-comma = {", "}
rebook-absent = Has no price in { $currency } there and would be taken out: { $items }.
rebook-bundles = Is not sold as the same bundle there; its parts would stand alone: { $bundles }.
rebook-typed = Was typed in { $currency } and would be cleared: { $amounts }.
rebook-typed-line-price = own prices of lines
rebook-typed-coupon = coupon
rebook-typed-cashback = cashback
rebook-typed-credit-limit = credit limit
rebook-drop = Move without them
error-quote-move-loses = Not moved. The other book has no price for, or does not know: { $items }. Agree to move without them first.
error-quote-move-concessions = Not moved. { $count ->
    [one] One concession on this quote is
   *[other] { $count } concessions on this quote are
} worth an amount in { $currency }. Remove them, move, and add them again.
audit-command-quotes-move-book = Moved the quote to other prices
quotes-left = { $days ->
    [0] { $hours } h left, { $zone }
    [one] { $days } day { $hours } h left, { $zone }
   *[other] { $days } days { $hours } h left, { $zone }
}
quotes-left-none = validity over
