pricebooks-title = Price books
pricebooks-caption = { $books } books by currency, { $versions ->
    [one] { $versions } version
   *[other] { $versions } versions
  } · a quote keeps the version it was made with
pricebooks-view = View
pricebooks-view-items = Items
pricebooks-view-plans = Plans
pricebooks-view-history = History
pricebooks-view-change = Change
pricebooks-view-agreed = Agreed prices
pricebooks-book = Price book
pricebooks-version = Version
pricebooks-version-of = Version { $number }, from { $day }
pricebooks-version-ahead = Version { $number }, not before { $day }
pricebooks-version-line = Version { $number } · holds from { $day } · { $by }
pricebooks-shipped = shipped with the desk
pricebooks-none = There is no price book yet. Start the desk once: it stores the shipped ones.
pricebooks-none-found = No item matches. Search for another word.
pricebooks-find = Find an item
pricebooks-first = The first version of this book.
pricebooks-same = Nothing differs.
pricebooks-step = from { $first }: { $price }
pricebooks-saves = { $share } less than its parts
pricebooks-unlimited = unlimited
pricebooks-value-added = value-added
pricebooks-partner-of = by { $name }
pricebooks-added = New item
pricebooks-removed = Taken out
pricebooks-col-group = Group
pricebooks-col-name = Item
pricebooks-col-item = Item
pricebooks-col-kind = Kind
pricebooks-col-unit = Unit
pricebooks-col-price = Price, { $currency }
pricebooks-col-steps = Steps
pricebooks-col-holds = Holds
pricebooks-col-cost = Cost
pricebooks-col-margin = Margin
pricebooks-col-what = What
pricebooks-col-old = Before
pricebooks-col-new = After
pricebooks-col-share = Change
pricebooks-kind-plan = Plan
pricebooks-kind-module = Module
pricebooks-kind-seat = Seats
pricebooks-kind-usage = Usage
pricebooks-kind-service = Service
pricebooks-kind-gift = Gift
pricebooks-kind-bundle = Bundle
pricebooks-method-percent-of-total = share of the other lines
pricebooks-method-cost-plus = cost plus a margin
pricebooks-method-value-based = by the value it brings
pricebooks-tier-mode-volume = whole quantity at the step reached
pricebooks-tier-mode-graduated = each unit at its own step
pricebooks-tier-mode-package = in packages
pricebooks-level-free = Free
pricebooks-level-basic = Basic
pricebooks-level-premium = Premium
pricebooks-level-enterprise = Enterprise
pricebooks-delivery-remote = remote
pricebooks-delivery-on-site = on site
pricebooks-delivery-self-service = self-service
pricebooks-quota-users = Users
pricebooks-quota-analyses = Analyses a month
pricebooks-quota-api-calls = API calls a month
pricebooks-quota-storage-gb = Storage, GB
pricebooks-quota-shops = Shops
pricebooks-quota-marketplaces = Marketplaces
pricebooks-quota-transactions = Transactions a month
pricebooks-quota-service-hours = Service, hours a day
pricebooks-quota-inspections = Inspections a year
pricebooks-quota-hours = Hours a month
pricebooks-quota-training-days = Training days a year
pricebooks-field-kind = Kind
pricebooks-field-code = Code
pricebooks-field-group = Group
pricebooks-field-name-en = Name in English
pricebooks-field-name-zh = Name in Chinese
pricebooks-field-unit = Unit
pricebooks-field-recurring = Recurring
pricebooks-field-list-price = List price
pricebooks-field-unit-cost = Cost
pricebooks-field-margin = Margin
pricebooks-field-tiers = Steps
pricebooks-field-tier-mode = How steps apply
pricebooks-field-package-size = Units in a package
pricebooks-field-free-units = Free units
pricebooks-field-method = Priced by
pricebooks-field-markup = Margin on cost
pricebooks-field-named-items = Share of the items
pricebooks-field-named-groups = Share of the groups
pricebooks-field-tax-category = Tax category
pricebooks-field-regions = Sold in
pricebooks-field-value-added = Value-added
pricebooks-field-plan-tier = Level
pricebooks-field-partner = Partner
pricebooks-field-partner-share = Partner’s share
pricebooks-field-delivery = Delivery
pricebooks-field-quota = Holds
pricebooks-field-inclusions = Included
pricebooks-field-inclusions-en = Included, in English
pricebooks-field-inclusions-zh = Included, in Chinese
pricebooks-field-parts = Parts
pricebooks-field-saving = Saving
pricebooks-plans-title = Plans side by side
pricebooks-plans-what = What
pricebooks-plans-none = This book has no plans.
pricebooks-way = How to change
pricebooks-way-edit = Edit prices
pricebooks-way-file = Bring a file
pricebooks-way-shipped = Take the shipped book
pricebooks-edit-title = List prices and costs
pricebooks-edit-hint = Plain numbers with a dot. The steps of an item move with its list price.
pricebooks-file-title = A file with changes
pricebooks-file-hint = CSV or XLSX with the columns of the export; “code” has to be there. A column the file lacks stays as it is. Nothing is taken before you publish.
pricebooks-file = File
pricebooks-file-drop = Take out items the file does not name
pricebooks-file-read = { $read ->
    [one] { $read } row read
   *[other] { $read } rows read
  }, { $faulty } with a problem
pricebooks-shipped-title = The book as shipped
pricebooks-shipped-hint = An update of the desk never changes your prices. What it ships by now stands beside your newest version; take it over as a version of your own.
pricebooks-diff-title = What would change
pricebooks-effect = Stand on this book: { $quotes ->
    [one] { $quotes } quote not yet issued
   *[other] { $quotes } quotes not yet issued
  }, { $prices ->
    [one] { $prices } agreed price
   *[other] { $prices } agreed prices
  }. They all keep the version they were made with. { $locked ->
    [0] No account holds its prices.
    [one] { $locked } account holds its prices: a rise does not reach it until its day.
   *[other] { $locked } accounts hold their prices: a rise does not reach them until their day.
  }
pricebooks-take-good = Take the good rows; leave { $faulty ->
    [one] { $faulty } faulty row
   *[other] { $faulty } faulty rows
  } as the book has them
pricebooks-publish = Publish version { $number } with { $changes ->
    [one] { $changes } change
   *[other] { $changes } changes
  }
pricebooks-published = Published. Issued quotes keep their version.
pricebooks-withdraw = Withdraw this version
pricebooks-withdraw-text = Version { $number } does not hold yet and no quote uses it. It goes with its items; the record of changes keeps its number, date and reason.
pricebooks-withdrawn = Withdrawn. The version before it stays.
error-book-changed = Version { $number } is no longer the newest: somebody published another. Look at it and start again.
error-book-holds-already = Version { $number } cannot be withdrawn: it is the first, holds already, or a quote uses it. Publish a new version instead.
error-book-needs-reason = Say why the prices change, in at most { $limit } characters.
error-book-starts-in-past = A new version holds from { $date } at the earliest.
error-book-same = Not published: nothing differs from the newest version.
error-book-rows-faulty = Not published: { $count ->
    [one] { $count } row has a problem
   *[other] { $count } rows have problems
  }. Mend them, or take the good rows only.
error-book-file-code = { $file } has no column “code”. Use the columns of the export.
error-inclusions-uneven = The texts of what is included differ in number: { $english } in English, { $chinese } in Chinese.
imports-problem-book-code = An item needs a code of at most 64 characters.
imports-problem-book-twice = The code stands in the file twice; the first row counts. Take out one.
imports-problem-book-number = This is not a plain number. Write 1234.50.
imports-problem-book-name = A name is needed in both languages, at most 255 characters.
imports-problem-book-group = The group is not known. Use platform, seats, usage, modules, services, rights or gifts.
imports-problem-book-flag = Write true or false.
imports-problem-book-steps = Steps read “1: 12; 50: 10.80 + 5”: first unit, price a unit, flat amount.
imports-problem-book-pairs = Write pairs such as “users: 5; api_calls: 10000”.
imports-problem-book-item-twice = Item { $item } stands in the book twice. Take out one.
imports-problem-book-unit-unknown = Unit “{ $unit }” is not known. Use month, seat_month, usage_month, hour_month, day, once or share.
imports-problem-book-item-word-unknown = “{ $word }” is not a word the desk knows here. Use one of the words in the export.
imports-problem-book-price-negative = Prices, costs and free units start at 0.
imports-problem-book-item-share = A share lies between 0 and 1. Write 0.15 for 15%.
imports-problem-book-tiers-not-rising = Steps rise, and the first starts at 0 or 1.
imports-problem-book-tiers-do-not-fit = The steps do not fit the unit: graduated prices need steps, packages a size, other items neither.
imports-problem-book-item-unknown = Part “{ $item }” is not an item of the book. Add it first.
imports-problem-book-bundle-incomplete = A bundle needs two parts or more, and either a saving or one price.
imports-problem-book-inclusions-uneven = What is included differs in number: { $english } in English, { $chinese } in Chinese.
imports-problem-book-number-format = A number cannot be read. Write 1234.50.
audit-command-pricing-publish-version = Published a version of a price book
audit-command-pricing-publish-shipped = Took over the shipped price book
audit-command-pricing-withdraw-version = Withdrew a version of a price book
pricing-group-gifts = Gifts
pricebooks-agreed-caption = instead of list price and steps, while it holds
pricebooks-agreed-none = No price is agreed. The list price of the book holds.
pricebooks-agreed-account = Account
pricebooks-agreed-item = Item
pricebooks-agreed-price = Agreed
pricebooks-agreed-list = List price
pricebooks-agreed-from = Holds from
pricebooks-agreed-until = Last day
pricebooks-agreed-reference = Contract reference
pricebooks-agreed-reason = Why
pricebooks-agreed-by = Entered by
pricebooks-agreed-open = open
pricebooks-agreed-over = { $day }, over
pricebooks-agreed-last = Last day it holds
pricebooks-agreed-end = End this price
pricebooks-agreed-ended = The last day is set. Issued quotes stay as they are.
pricebooks-agreed-made = Agreed price saved. Quotes made from now on take it.
pricebooks-agreed-unit-price = Price per unit, { $currency }
pricebooks-agree = Agree on a price
error-contracted-needs-evidence = An agreed price needs a reason and the reference of the paper it stands in.
error-contracted-text-long = The reference is longer than { $limit } characters.
error-contracted-days = The last day cannot lie before { $date }, the first.
error-contracted-price-wrong = A price is a number from 0 on, with at most { $places } decimals.
error-contracted-overlaps = Another price of this item, from { $date }, covers some of these days. End it first.
audit-command-pricing-agree-price = Agreed on a price with an account
audit-command-pricing-end-price = Set the last day of an agreed price
audit-table-contracted-price = Agreed price
audit-field-item-code = Item
audit-field-price = Price
pricebooks-locked = Locked prices
pricebooks-locked-caption = accepted quotes that hold their prices; a new version does not raise them before that day
pricebooks-locked-none = No accepted quote holds the prices of this book.
pricebooks-locked-account = Account
pricebooks-locked-quote = Quote
pricebooks-locked-number = Prices of
pricebooks-locked-until = Locked until
pricebooks-locked-version = Version { $number }
