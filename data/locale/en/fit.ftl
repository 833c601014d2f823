fit-title = Fit and upgrade path
fit-none = goes with what is known of the customer
fit-count = { $count ->
    [one] one rule to look at
   *[other] { $count } rules to look at
}
fit-start = { $item } comes to { $minor } a month, below its start price of { $start }.
fit-owner = An enterprise customer needs a named account manager. Assign one on the account's page.
fit-tier = The customer sells { $minor } a month, which fits the level “{ $tier }”.
fit-tier-basic = Basic
fit-tier-premium = Premium
fit-tier-enterprise = Enterprise custom
fit-dear = The fee is { $share } of what the customer sells a month, above the usual share.
fit-cheap = The fee is { $share } of what the customer sells a month, below the usual share: there may be room for more.
fit-lifetime-today = Lifetime value today ({ $times } × ARR)
fit-lifetime-quoted = Lifetime value with this quote
fit-lifetime-effect = Effect on lifetime value
fit-path-up = Upgrade
fit-path-add = Add-on
fit-col-way = Way
fit-col-item = Product
fit-col-price = List price a unit
fit-col-more = More a month
fit-no-path = The quote has no plan, so there is no path to show.
fit-beside = Other departments of this group hold { $items }; volume steps count them together.
fit-beside-item = { $quantity } × { $item }
