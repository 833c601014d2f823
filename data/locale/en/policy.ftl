policy-title = Policy
policy-caption = { $count ->
    [one] { $count } value, { $read } in use · a change holds from its day on
   *[other] { $count } values, { $read } in use · a change holds from its day on
}
policy-view = View
policy-view-values = Values
policy-view-history = Change log
policy-view-file = File
policy-find = Find a value, its meaning or its source
policy-document = Area
policy-document-all = All areas
policy-document-activity = Activity alerts
policy-document-compliance = Compliance
policy-document-contracts = Contracts
policy-document-kpi = KPIs
policy-document-portrait = Portrait of an account
policy-document-pricing = Terms and prepayment
policy-document-quotes = Quotes and limits
policy-document-renewals = Renewals
policy-document-standing = Standing of accounts
policy-document-today = Today
policy-col-document = Area
policy-col-description = Meaning
policy-col-value = Value
policy-col-unit = Unit
policy-col-source = Source
policy-col-since = Valid from
policy-col-author = Set by
policy-col-path = Name
policy-col-old = Before
policy-col-new = After
policy-none = Your desk has no policy values yet.
policy-none-found = No value matches. Search for another word, or show all areas.
policy-read-only = You can read the policy; an admin changes it.
policy-hint = Tick a row to see what its value may be, and to change it.
policy-source-own = Our default
policy-author-shipped = Shipped
policy-since-shipped = From the start
policy-planned = { $value } from { $day }
policy-bounds = { $low } to { $high }
policy-bounds-choices = One of: { $choices }
policy-bounds-list = One or more, with commas: { $choices }
policy-bounds-code = Up to 8 capital letters and digits
policy-bounds-text = Up to 120 characters on one line
policy-bounds-day = A day such as 2027-06-30
policy-fact-value = Holds today
policy-fact-bounds = May be
policy-fact-source = Source
policy-fact-since = Since
policy-fact-planned = Planned
policy-new-value = New value
policy-from = Holds from
policy-reason = Reason
policy-reason-hint = Why, and who agreed
policy-preview = What changes
policy-preview-line = { $path }: { $old } → { $new }
policy-preview-same = The newest version already says this.
policy-missing = nothing
policy-save = Change the value
policy-saved = Value changed
policy-history-line = Version { $number } · from { $day } · { $author } · { $reason }
policy-history-holds = Holds today
policy-history-shipped = Version { $number } · as shipped
policy-revert = Revert to version { $number }
policy-revert-text = The values of version { $number } hold again from today, as a new version. A planned change of this area is taken back.
policy-reverted = Earlier values hold again
policy-export = Download the whole policy
policy-export-text = Every value that holds today, in one file, TOML or JSON. Edit it, or carry it to another desk.
policy-import = Take a policy file
policy-import-upload = Policy file (TOML or JSON, up to 1 MB)
policy-import-hint = The differences are shown before anything is stored; then all of them hold, or none.
policy-import-same = The file says what already holds. There is nothing to take.
policy-import-run = { $count ->
    [one] Take { $count } difference
   *[other] Take { $count } differences
}
policy-imported = Policy file taken
policy-review-task = Look through the policy for { $quarter }: limits, thresholds and prices of service
policy-unit-days = days
policy-unit-months = months
policy-unit-weeks = weeks
policy-unit-share = share (0.20 = 20%)
policy-unit-ratio = ratio (1 = as expected)
policy-unit-accounts = accounts
policy-unit-times = uses
policy-unit-count = items
policy-unit-people = people
policy-unit-user-days = active user-days
policy-unit-mornings = mornings
policy-unit-seats = seats
policy-unit-deviations = standard deviations
policy-unit-characters = characters
policy-unit-weight = weight
policy-unit-choice = choice
policy-unit-text = text
policy-unit-day = day
error-policy-value-format = Not saved. “{ $value }” does not fit { $path }. Write it like the value that holds now.
error-policy-value-bounds = Not saved. { $path } may be { $low } to { $high }, not { $value }.
error-policy-path-unknown = Not saved. The policy has no value named { $path }.
error-policy-path-missing = Not saved. The value { $path } is missing.
error-policy-values-cross = Not saved. { $smaller } may not be more than { $larger }. Change the other one first.
error-policy-rows-order = Not saved. The rows must stand in rising order of { $path }; discount limits start at 1 month.
error-policy-reason-missing = Not saved. Write the reason first.
error-policy-reason-too-long = Not saved. A reason has at most { $limit } characters.
error-policy-date-too-early = Not saved. The change can hold from { $earliest } at the earliest.
error-policy-nothing-changed = Not saved. The policy already says this.
error-policy-document-unknown = Not saved. The policy has no area named { $name }.
error-policy-file = Not read. This is not a policy file of the desk. Download the policy and change that file.
policy-document-plans = Plans and quotas
policy-document-value = Cost, value, rivals
policy-document-offers = Offers and incentives
policy-document-requests = Discount requests
policy-document-lifecycle = Changes and win-back
policy-document-fulfilment = Entitlement fulfilment
policy-document-service = Service levels
policy-document-vip = VIP programme
policy-document-segments = Segmentation
policy-document-growth = Growth proposals
policy-document-health = Health score
policy-document-feedback = Feedback
policy-document-monitoring = Metrics and experiments
policy-document-governance = Keeping the policy
policy-document-training = Training
policy-document-targets = Targets
policy-document-categories = Categories
policy-document-tiers = Tier standard
policy-document-season = Seasons
policy-document-library-discount = Key-account discount standard
policy-document-library-season = Seasonal promotion rules
policy-document-library-custom = Cost of customisation
policy-unit-levels = levels
policy-unit-users = users
policy-unit-hours-a-day = hours a day
policy-unit-per-month = a month
policy-unit-usd-month = USD a month
policy-unit-usd = USD
policy-unit-per-quarter = a quarter
policy-unit-gigabytes = GB
policy-unit-usd-day = USD a day
policy-unit-hours-year = hours a year
policy-unit-usd-year = USD a year
policy-unit-functions = functions
policy-unit-cny-month = CNY a month
policy-unit-cny-year = CNY a year
policy-unit-cny = CNY
policy-unit-points-a-unit = points per currency unit
policy-unit-points = points
policy-unit-records = records
policy-unit-copies = copies
policy-unit-suppliers = suppliers
policy-unit-hours = hours
policy-unit-templates = templates
policy-unit-stages = stages
policy-unit-seconds = seconds
policy-unit-minutes = minutes
policy-unit-days-week = days a week
policy-unit-milliseconds = ms
policy-unit-groups = groups
policy-unit-questions = questions
policy-unit-followers = followers
policy-unit-quarters = quarters
policy-unit-classes = classes
policy-unit-stars = stars
policy-unit-touchpoints = touchpoints
policy-unit-per-year = a year
policy-unit-scenarios = scenarios
policy-unit-share-year = share a year
policy-unit-years = years
policy-unit-yes-no = yes or no
policy-unit-multiple = times
policy-unit-month-number = month
policy-unit-day-number = day of the month
policy-unit-money = amount
policy-unit-products = products
policy-bounds-slug = Up to 40 small letters, digits and underscores
policy-bounds-number = Digits and dots, such as 1.4
policy-bounds-prose = Up to 2,000 characters; {"{"}area.name{"}"} stands for a value of the policy
policy-bounds-flag = true or false
policy-flag-true = Yes
policy-flag-false = No
policy-source-own-row = Our default ({ $row })
policy-of-row = { $meaning } · { $row }
policy-idle-short = Not read yet
policy-idle = Not read by any rule yet
policy-in-use = Read by a rule or a page
policy-fact-use = Use
policy-past = History of this value
policy-past-line = { $day } · { $author }: { $old } → { $new } · { $reason }
policy-past-none = As shipped with the desk; nobody changed it
policy-col-state = State
policy-fact-name = Name
policy-past-first = Before that: as shipped with the desk
policy-edition = Version { $number } · { $since }
policy-feedback = Feedback behind it
policy-feedback-hint = What customers or figures said (may stay empty)
policy-log-none = Nothing was changed yet: everything is as shipped.
policy-log-none-area = Nothing was changed here yet: this area is as shipped.
policy-log-count = { $count ->
    [one] { $count } change
   *[other] { $count } changes
}
policy-log-title = Change log of standards, open to all staff
policy-col-what = What
policy-col-reason = Why
policy-col-feedback = Feedback behind it
policy-table-title = A row of a list
policy-row-added = Row added
policy-row-removed = Row removed
policy-row-key = Name of the new row
policy-row-field = { $meaning } ({ $bounds })
policy-row-save = Add the row
policy-row-drop = Remove the row
policy-export-toml = TOML
policy-export-json = JSON
policy-review-due = The review for { $quarter } is due by { $day }
policy-review-asked = The review for { $quarter } is asked for; no task was raised yet
policy-review-inputs = What lies on the table
policy-review-as-of = As of { $day }
policy-review-hidden = Key figures of the whole company are shown to whom they are open.
policy-review-form = Sign off the review
policy-review-note = What was looked at, and what was decided
policy-review-note-hint = Tiers, prices and service levels: what stays, what changes, and why
policy-review-sign = Sign off { $quarter }
policy-review-sign-text = The figures above are stored with the sign-off and cannot be changed afterwards.
policy-review-done = Review signed off
policy-review-history = Earlier reviews
policy-review-none = No review was signed off yet.
policy-review-changes = Changed since the last review
policy-review-no-changes = Nothing was changed since the last review.
policy-review-line = { $quarter } · { $person } · { $day } · next { $next }
policy-review-changed = { $count ->
    [0] No change since the review before
    [one] { $count } change since the review before
   *[other] { $count } changes since the review before
}
policy-review-nobody = An admin signs off the review.
policy-review-open = Review
policy-input-arr = ARR
policy-input-nrr = NRR
policy-input-grr = GRR
policy-input-logo = Logo retention
policy-input-renewal = Renewal rate
policy-input-risk = ARR at risk
policy-input-nps = NPS, last 90 days
policy-input-csat = CSAT, last 90 days
policy-input-cases = Cases opened, last 90 days
policy-input-lost = Lost renewals: { $reason }
policy-input-decided = Quote decisions: { $verdict }
policy-input-name = Figure
policy-input-now = Now
policy-input-answers = { $value } ({ $count ->
    [one] { $count } answer
   *[other] { $count } answers
})
policy-verdict-approved = approved
policy-verdict-rejected = rejected
error-policy-rows-twice = Not saved. Another row is already named so: { $path }.
error-policy-rows-last = Not saved. { $path } keeps at least one row.
error-policy-row-unknown = Not saved. { $path } names “{ $value }”, which is not there.
error-policy-review-signed = Not saved. The review for { $quarter } was signed off already.
error-policy-review-note = Not saved. Write down what was looked at and decided, in up to 4,000 characters.
error-policy-review-by-form = Not saved. A policy review ends with its sign-off on the policy page.
policy-row-do-change = Change
policy-row-do-add = Add a row
policy-row-do-remove = Remove this row
policy-row-from-months = { $count ->
    [one] from { $count } month
   *[other] from { $count } months
}
policy-row-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
policy-row-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
