accounts-title = Accounts
accounts-caption = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
} · { $arr } ARR · activity through { $day }
accounts-caption-silent = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
} · { $arr } ARR · no activity received yet
accounts-no-arr = no
accounts-search = Name, domain, contact
accounts-search-label = Search accounts
accounts-status-label = Status
accounts-status-all = All { $count }
accounts-status-critical = Critical { $count }
accounts-status-watch = Watch { $count }
accounts-status-no-data = No data { $count }
accounts-status-healthy = Healthy { $count }
accounts-status-former = Former { $count }
accounts-tier-label = Tier
accounts-tier-all = All tiers
accounts-region-label = Region
accounts-region-all = All regions
accounts-renews-label = Renewal
accounts-renews-any = Renews any time
accounts-renews-within = Renews in { $days } days
accounts-more = { $count ->
    [0] More filters
   *[other] More filters ({ $count })
}
accounts-segment-label = Segment
accounts-segment-all = All segments
accounts-owner-label = Owner
accounts-owner-all = Everyone
accounts-owner-mine = Mine
accounts-sort-label = Order
accounts-sort-status = Worst first
accounts-sort-name = By name
accounts-sort-arr = Largest ARR
accounts-sort-renews-on = Next renewal
accounts-page-label = Page
accounts-col-account = Account
accounts-col-status = Status
accounts-col-weeks = 12 weeks
accounts-col-weeks-help = Active users in each of the last 12 weeks with data
accounts-col-reason = Main reason
accounts-col-arr = ARR
accounts-col-currency = Currency
accounts-col-renewal = Renewal
accounts-col-days = In days
accounts-col-owner = Owner
accounts-col-tier = Tier
accounts-col-region = Region
accounts-col-key = Number
accounts-open-hint = Tick a row to open the account.
accounts-none-yet = No accounts yet. Import a file on the Imports page, or add one.
accounts-none-match = No accounts match these filters.
accounts-clear = Clear filters
accounts-add = Add account
accounts-added = Account added
status-former = Former

accounts-reason-alert = An alert is open
accounts-reason-ended = Contract ended { $day }, renewal open
accounts-reason-promise = { $count ->
    [one] Promise overdue since { $day }
   *[other] { $count } promises overdue since { $day }
}
accounts-reason-no-contact = No contact, notice date { $day }
accounts-reason-snoozed = Activity alert snoozed
accounts-reason-silent = No activity since { $day }
accounts-reason-never = No activity ever received
accounts-reason-fine = Inside its range
accounts-reason-left = Customer has left

accounts-field-name = Name
accounts-field-name-zh = Chinese name
accounts-field-legal-name = Legal name
accounts-field-status = State
accounts-field-is-vip = VIP
accounts-field-tier = Tier
accounts-field-plan = Plan
accounts-field-industry = Industry
accounts-field-region = Region
accounts-field-country = Country
accounts-field-city = City
accounts-field-domain = Domain
accounts-field-language = Language
accounts-field-currency = Currency
accounts-field-seats = Seats
accounts-field-employees = Employees
accounts-field-stated-arr-minor = Stated ARR
accounts-field-annual-revenue-minor = Annual revenue
accounts-field-signed-up-on = Customer since
accounts-field-title = Role
accounts-field-email = E-mail
accounts-field-phone = Phone
accounts-field-is-sponsor = Sponsor
accounts-field-active = Still there
accounts-field-reason = Why
accounts-field-channel = Channel
accounts-field-contact = Spoke with
accounts-field-summary = What was said, facts first
accounts-field-day = Day
accounts-field-two-way = They answered
accounts-field-to = To
accounts-field-duty = Duty
accounts-field-same-name = It is another company of the same name
accounts-field-product-line = Product line
accounts-field-starts-on = Starts
accounts-field-ends-on = Ends, first day after
accounts-field-can-leave-on = Can leave on
accounts-field-signed-on = Signed
accounts-field-notice-days = Notice, days
accounts-field-auto-renews = Renews by itself
accounts-field-arr-minor = ARR
accounts-field-kind = Kind
accounts-choice-en = English
accounts-choice-zh-CN = Chinese
accounts-choice-active = Active
accounts-choice-trial = On trial
accounts-choice-paused = Paused
accounts-choice-churned = Left
accounts-choice-owner = Owner
accounts-choice-backup = Backup
accounts-choice-yes = yes
accounts-choice-no = no
accounts-no-choice = Not known
accounts-yes = yes
accounts-no = no

error-field-missing = Not saved: { $field } is empty. Enter it.
error-field-too-long = Not saved: { $field } is too long. { $limit } characters are the limit.
error-field-characters = Not saved: { $field } holds invisible control or direction characters. Paste it as plain text.
error-field-format = Not saved: { $field } is not in a form the desk can keep. Check it.
error-field-choice = Not saved: { $field } is not one of the choices.
error-field-range = Not saved: { $field } lies outside { $low } to { $high }.
error-field-negative = Not saved: { $field } is below zero.
error-field-day-range = Not saved: { $field } lies before 1970 or after 2199. Check the year.
error-field-not-open = Not saved: { $field } cannot be changed by this form.
error-signed-up-in-future = Not saved: “Customer since” lies in the future. Enter today or an earlier day.
error-sponsor-not-active = Not saved: a sponsor must still be there. Clear “Sponsor”, or tick “Still there”.
error-currency-needs-amounts = Not saved: with a new currency, enter stated ARR and annual revenue anew in it, or clear them.
error-account-same-name = Not saved: your book already has { $name }. Open that account, or say that this is another company.
error-duty-unknown = Not saved: an account has an owner and a backup, nothing else here.
error-already-responsible = Not saved: this person holds the account already.
error-backup-is-owner = Not saved: the owner cannot be their own backup. Choose somebody else.
error-person-not-fit = Not saved: only an active account manager or admin can look after an account.
error-nothing-to-undo = There is nothing left to undo. The record has changed since.
