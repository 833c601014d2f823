# How to read each page, and what each figure counts. Figures of the KPI page carry their own text in kpi.ftl.
help-button = Help
help-title = How to read { $page }
help-keys = Keyboard: Tab goes through the page in reading order, Enter or Space presses, also the cross that closes a drawer. Dates are typed as year, month, day. A field is taken over with Enter or when you leave it.

chart-table = Table
chart-what = What
chart-figure = Figure

help-today = The queue holds every account that needs somebody today. What is critical stands first, whatever it is worth. Inside one status word the cards are ordered by ARR at stake × urgency × chance to influence ÷ effort; “More” shows the numbers of each card. Urgency is that of the most urgent reason: whole when it is late, due or running, less the further ahead its day lies. Influence joins the kinds of reasons as 1 − Π(1 − x). Effort is the minutes of the act the card offers. All numbers are policy. Each card says the strongest reason; “More” lists the others with their acts, snoozes the card, or hands it over. The telephone logs a contact. Keys: A does the act of the first card, L logs a contact on it, U takes the last act back. The four figures count the same accounts as the switch at the top right.
help-week = What is due from Monday to Sunday: tasks, playbook steps, check-ins, promises, notice dates, contract ends and quotes that expire; done ones stay and count as done. “People” shows, for leads, what each person has on their hands: hours are the policy's minutes of each open thing, beside the person's coverage hours. Tick a person to open their queue. The address keeps week, scope and view.
help-search = Type two letters, digits or Chinese characters: names, numbers, domains and pieces of notes are found anywhere in the text. Only your accounts are searched. The address keeps the search, so it can be sent to a colleague who sees their own accounts.
help-accounts = One row an account, the one to act on first on top. Status follows from rules: Critical needs somebody today, Watch soon. The small line is activity of the last 12 weeks, on its own scale. Tick a row to open the account; with “Select several”, tick any number and assign, tag, snooze or create a task for all of them, with one undo. Filters stand in the address.
help-account = The sentence on top says what matters now, the figures below it what the account is worth and which dates come. Left why its status is what it is, right its activity: the line is people active a day, the grey band what is usual for this account on that weekday, a red point a day below the band. Below stand what the customer may use and has used, their profile with stickiness (what would have to be done anew elsewhere, counted), systems, goals, requests, team and departments, each with when it last changed. “Meeting” hands out the brief and records how it went; “More” takes the last change back.
help-alerts = An alert says that a team does clearly less than its own past and comparable customers suggest. Critical and Watch differ in how sure and how large the drop is. Tick a row to open it; an alert closes only with an outreach, a cause and a verdict, from which the rules are measured. An open alert shows the evidence left and the answer right.
help-renewals = All renewals due in the chosen quarter. The strip adds them up from kept to doubtful; the mark is the ARR that comes due. On the board a card moves by its menu; in the list a row opens a drawer with the forecast. The notice date is the last day on which the contract can be ended.
help-negotiation = One account's talks. Notes are internal unless marked for the customer, and are never changed: an amendment stands below its note. Promises have a day and somebody who keeps them; “Draft confirmation” puts the open ones into a message.
help-quotes = Every quote of your accounts, the last changed on top. “Off list” is the effective discount of all steps together. A sent quote never changes; a change makes the next version. Tick a row to open it.
help-quote = Lines and terms left, the price right, computed with every change and saved with Save. The bars lead from list price to net, one step a rule. Guardrails say what needs a reason and what another person decides. Discounts are always percent off the list price.
help-approvals = The queue left, one decision right: what the seller says, the figures it turns on, the lines, the way from list price to net. Nobody decides on a quote they wrote. A refusal needs a reason; both sides stay on record with the quote.
help-kpi = Recurring revenue and retention of the chosen period, with the period before. Every figure opens the accounts it is counted from under “Rows”, and every chart the table it was drawn from. Currencies are never added; choose one at the top right.
help-imports = Choose a file: the desk proposes what it holds and which column is which. Nothing is stored before you press the button; good rows are taken, the others are listed with line and reason and can be downloaded. The list below holds earlier imports.
help-policy = Every number the desk judges by, with unit, source and the day it holds from. An admin changes a value from a day on, with a reason and the difference in sight; what was decided earlier keeps its figure. The change log shows who changed what, from what, to what and why; with an area chosen, each version can be brought back.
help-standards = What each tier holds, the clauses every quote is held to, seasons, categories, and the quarterly review. Figures inside the clauses are read from the policy, so they never say another figure than the rule. Every change names who made it, why, and the feedback behind it.
help-pricebooks = Every item with its price, steps, quotas and, for permitted roles, cost and margin. A change publishes a new dated version: quotes already issued keep the version they were made with. An exported file can be edited and brought back under Change; every faulty row is named before anything is taken.
help-people = Who may use the desk, with their roles and where these come from: the company's sign-in or given by hand. Switching a person off ends their sessions at the next click. A stand-in sees the other's accounts until the day shown.
help-audit = Every change, approval, export, import and sign-in: who, when, what, old and new value. Records are chained, so that a changed or missing one shows. Filter by person, account, kind and period; times are in your time zone.

figure-account-arr = Annual recurring revenue on the day: paid subscriptions, twelve times the monthly price after discount; without subscriptions, what the account's source states.
figure-account-standing = Decided by rules each morning: Critical needs somebody today, Watch soon, Healthy has no open reason, No data has no activity to judge by.
figure-account-renewal = The day on which the contract in force ends and a new one would begin.
figure-account-notice = The last day on which the contract can be ended before it renews.
figure-account-promises = Promises to this customer that are not yet kept. “Kept” counts those kept so far.
figure-alerts-critical = Open alerts with a large and certain drop, one an account. “New” counts those opened in the last seven days.
figure-alerts-watch = Open alerts with a smaller or less certain drop.
figure-alerts-snoozed = Alerts hidden until a day somebody chose; they come back by themselves.
figure-quote-discount = One less net price over list price, all steps together: lines, term, prepayment, quote.
figure-quote-net = What the customer pays over the whole term, after all discounts, without tax.
figure-quote-margin = Net price less cost, over net price. The floor is a policy value.
figure-quote-arr = The net price of twelve months of what recurs; one-time lines are left out.
figure-quote-total = What the customer pays over the whole term, after all discounts, without tax.
figure-import-new = Rows that are not in the store yet.
figure-import-changed = Rows that are in the store with other values.
figure-import-unchanged = Rows that are in the store exactly like this.
figure-import-reported = Rows that are left out, each with its line and reason below.
figure-import-blank = Rows without any value.
help-fulfilment = Every benefit a closed deal promised, until it is in force. The queue shows what is late first, then by ARR at stake. Tick a row to compare what was signed with what is provisioned and used; confirm it, save what is really there, send the instruction again, or report a problem. “Causes” shows how often benefits go wrong and why, “Unused” what ends before it was used.
