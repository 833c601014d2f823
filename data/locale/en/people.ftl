frame-page-people = People
frame-page-handover = Hand over a book
help-handover = Choose whose accounts move and to whom. The figures count what goes along: open tasks and promises of that person there; open alerts follow the account. One click takes the whole handover back as long as none of the accounts changed.
people-title = People
people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
people-count-waiting = { $count } waiting for a role
people-count-off = { $count } switched off
people-view = View
people-view-people = People { $count }
people-view-stand-ins = Stand-ins { $count }
people-view-uncovered = Uncovered { $count }
people-waiting = { $count ->
    [one] { $count } person signed in and waits for a role. They stand first in the list: give them a role, or link them to their record.
   *[other] { $count } people signed in and wait for a role. They stand first in the list: give them roles, or link them to their records.
}
people-find = Name, e-mail or team
people-none-match = No person matches. Change the search or the filters.
people-all-role = All roles
people-all-state = All states
people-all-team = All teams
people-col-name = Name
people-col-roles = Roles
people-col-role = Role
people-col-team = Team
people-col-lead = Team lead
people-col-state = State
people-col-signed-in-at = Last sign-in
people-col-owned = Owns
people-col-backed-up = Backs up
people-col-stand-in = Stand-in
people-col-account = Account
people-col-missing = Missing
people-col-owner = Owner
people-col-backup = Backup
people-col-tier = Tier
people-col-duties = Duty
people-col-tasks = Tasks
people-col-promises = Promises
people-col-alerts = Alerts
people-state-active = Active
people-state-waiting = Waiting
people-state-off = Off
people-role-mapped = { $role } (from sign-in)
people-roles = Roles
people-no-role = No role yet: the desk stays closed to them.
people-take-role = Take
people-role-taken = Role taken
people-role-given = Role given
people-fact-state = State
people-fact-email = E-mail
people-fact-team = Team
people-fact-lead = Team lead
people-fact-language = Language
people-fact-signed-in = Last sign-in
people-fact-identity = Company identity
people-fact-held = Accounts
people-identity-known = linked
people-identity-none = none yet
people-fact-held-value = owns { $owned }, backs up { $backed }
people-field-name = Name
people-field-name-zh = Chinese name
people-field-email = E-mail
people-field-team = Team
people-field-language = Language
people-field-lead = Team lead
people-field-role = Role
people-field-record = Whose record is it?
people-field-colleague = Colleague
people-field-starts-on = First day
people-field-last-day = Last day
people-field-reason = Reason
people-nobody = –
people-add = Add person
people-added = Person added
people-edit = Edit
people-saved = Person saved
people-give-role = Give a role
people-link = Link to a record
people-linked = Identity linked
people-hand-over = Hand over the book
people-reason = Reason (kept with the change)
people-switch-off = Switch off
people-switch-off-text = { $accounts ->
    [0] The desk closes to them at their next click, and every sign-in ends. You can switch them on again.
    [one] The desk closes to them at their next click, and every sign-in ends. { $accounts } account stays with them until you hand it over.
   *[other] The desk closes to them at their next click, and every sign-in ends. { $accounts } accounts stay with them until you hand them over.
}
people-switched-off = Switched off
people-switch-on = Switch on
people-switch-on-text = The desk opens to them again with the roles they hold. They sign in anew.
people-switched-on = Switched on
people-sign-out = End all sign-ins
people-sign-out-text = { $sign_ins ->
    [one] { $sign_ins } sign-in ends at the next click, on whatever device. They can sign in again.
   *[other] { $sign_ins } sign-ins end at the next click, on whatever device. They can sign in again.
}
people-signed-out = All sign-ins ended
people-still-holds = { $count ->
    [one] { $name } is switched off and still looks after { $count } account. Hand it over.
   *[other] { $name } is switched off and still looks after { $count } accounts. Hand them over.
}
people-stand-in = Set a stand-in
people-stand-in-set = Stand-in set
people-stand-in-own = My stand-in
people-stand-in-until = { $name } until { $until }
people-stand-in-from = { $name } from { $start } until { $until }
people-you-stand-in = You stand in for { $name } until { $until }
people-stands-in-for-you = { $name } stands in for you until { $until }
people-stand-in-who = { $taker } stands in for { $giver }
people-stand-in-when = { $state } · { $start } – { $last }
people-stand-in-running = Running
people-stand-in-coming = Coming
people-no-stand-in = Nobody stands in for anybody now, and nothing is planned.
people-take-back = Take back
people-take-back-from = Take back: { $told }
people-take-back-text = The stand-in loses these accounts at the next click.
people-taken-back = Stand-in ended
people-col-giver = Away
people-col-taker = Stand-in
people-col-starts-on = First day
people-col-last-day = Last day
people-col-reason = Reason
people-uncovered-text = Every VIP account has one owner and one backup, two active people of a fitting role. These accounts lack one of them. Tick a row to open the account and hand it over.
people-all-covered = Every VIP account has an owner and a backup.
people-missing-owner = Owner
people-missing-backup = Backup
people-missing-both = Owner and backup
people-duty-owner = owner
people-duty-backup = backup
people-duty-sales = sales
people-handover-title = Hand over a book
people-handover-caption = Accounts, open tasks and promises go along; alerts follow the account
people-handover-back = People
people-handover-from = From whom
people-handover-to = To whom
people-handover-begin = Choose whose accounts are handed over.
people-handover-empty = This person looks after no account.
people-handover-which = Accounts
people-handover-whole = Whole book, { $count }
people-handover-chosen = Chosen accounts
people-handover-accounts = Choose accounts
people-handover-none-chosen = No account is chosen yet.
people-moves-accounts = Accounts
people-moves-owned = As owner
people-moves-backed-up = As backup
people-moves-tasks = Open tasks
people-moves-promises = Open promises
people-moves-alerts = Open alerts
people-handover-bare = { $count ->
    [one] { $count } account is left without a backup, because the receiver cannot be owner and backup. Choose who takes that place.
   *[other] { $count } accounts are left without a backup, because the receiver cannot be owner and backup. Choose who takes that place.
}
people-handover-run = { $count ->
    [one] Hand over { $count } account
   *[other] Hand over { $count } accounts
}
people-handed-over = Book handed over
people-handover-undo = Undo handover
people-handover-undone = Handover taken back
people-preferences = Preferences
people-preferences-saved = Preferences saved
people-preferences-text = They hold for you alone, from the next click on. “Today” stays the company's day.
people-preferences-save = Save
people-zone = Time zone of clock times
people-zone-company = The company's, { $zone }
people-currency = Currency shown first
people-currency-common = The commonest
people-recent = Recent
cli-person-line = { $id }  { $name } · { $roles } · { $state } · last sign-in { $seen }
cli-person-none = The store has no people yet.
cli-person-added = { $name } is person { $id } now.
cli-person-done = { $name }: { $roles } · { $state }
error-person-role-none = Name a role with --add or --remove.
check-duties = Owners and backups are two people
policy-document-people = People
error-person-role-unknown = Not saved. There is no role { $role }.
error-role-held = Not saved. They hold this role already.
error-role-not-held = Not saved. They do not hold this role.
error-role-mapped = Not saved. This role follows the company's sign-in groups. Change it there.
error-last-admin = Not saved. This is the last active admin who can sign in. Give somebody else the role first.
error-lead-loop = Not saved. This lead reports to the person already. Choose somebody else.
error-lead-unknown = Not saved. This lead is not an active person of the desk.
error-person-same-email = Not saved. An active person has this e-mail address already.
error-person-is-off = Not saved. They are switched off already.
error-person-is-on = Not saved. They are switched on already.
error-person-not-waiting = Not saved. This record does not wait for a role any more. Reload the page.
error-person-has-identity = Not saved. This record has a company identity already.
error-identity-taken = Not saved. This identity belongs to another record.
error-person-ambiguous = Not saved. { $name } fits several people. Give the number instead.
error-person-unknown = Not saved. Nobody is called { $name }.
error-stand-in-self = Not saved. Nobody stands in for themselves.
error-stand-in-past = Not saved. A stand-in begins today or later.
error-stand-in-days = Not saved. The last day comes before the first, or a day is missing.
error-stand-in-too-long = Not saved. A stand-in lasts { $days } days at most. Hand the book over instead.
error-stand-in-unfit = Not saved. The colleague is switched off or has no role that works with accounts.
error-stand-in-over = Not saved. This stand-in is over already.
error-handover-self = Not saved. Choose two different people.
error-handover-nothing = Not saved. Choose at least one account.
error-zone-unknown = Not saved. There is no time zone { $zone }.
figure-moves-accounts = Accounts chosen to go to the other person, as owner or as backup.
figure-moves-owned = Of these, those whose owner changes.
figure-moves-backed-up = Of these, those whose backup changes.
figure-moves-tasks = Open tasks of the giver on these accounts.
figure-moves-promises = Open promises the giver answers for on these accounts.
figure-moves-requests = Internal requests of the giver about these accounts that are not answered yet.
figure-moves-alerts = Open alerts of these accounts; they follow the owner.
figure-moves-renewals = Renewals of these accounts that are not closed; they follow the owner.
figure-moves-opinions = Opinions the giver wrote about these accounts; the receiver forms an own one.
