health-title = Health { $score } of 100
health-title-none = Health: no data
health-caption = as of { $day }, data for { $share } of the weight
health-caption-none = not computed yet
health-none = No score yet. It appears after the next morning run.
health-too-little = Too little data for a score: { $share } of the weight, { $least } is needed.
health-sum = Starts at { $neutral }, parts { $points }: { $raw }
health-capped = Capped at { $cap } because { $reason }
health-cap-alert = a critical alert is open
health-cap-cancelled = the contract is cancelled
health-cap-ended = the contract is over and its renewal is open
health-part-activity = Activity
health-part-breadth = Breadth
health-part-sentiment = Sentiment
health-part-commercial = Commercial
health-part-support = Support
health-part-relationship = Relationship
health-part-cap = Cap
health-bar = { $part } { $value }
health-fact-activity = { $observed } active user-days in 28 days, { $expected } expected ({ $ratio })
health-fact-people = { $people } of { $seats } seats active in 28 days, comparable accounts { $median }
health-fact-features = { $used } of { $of } key features used
health-fact-answers = { $count ->
    [one] { $count } answer, { $value } of 100, { $days } days ago
   *[other] { $count } answers, { $value } of 100 on average, newest { $days } days ago
}
health-fact-half = weighs half: older than { $days } days
health-fact-overdue = oldest unpaid invoice { $days ->
    [one] { $days } day
   *[other] { $days } days
} overdue: { $points }
health-fact-downgraded = downgraded in the last { $days } days: { $points }
health-fact-unquoted = { $days ->
    [0] renewal today
    [one] renewal in { $days } day
   *[other] renewal in { $days } days
} without a quote: { $points }
health-fact-commercial-fine = nothing overdue, no downgrade, no near renewal without a quote
health-fact-urgent = { $count ->
    [one] { $count } open urgent case
   *[other] { $count } open urgent cases
}: { $points }
health-fact-others = { $count ->
    [one] { $count } other open case
   *[other] { $count } other open cases
}: { $points }
health-fact-reopened = { $count ->
    [one] { $count } case reopened in { $days } days
   *[other] { $count } cases reopened in { $days } days
}: { $points }
health-fact-support-fine = no open case, none reopened
health-fact-talk = last talk { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}, rhythm { $rhythm } days
health-fact-never = no talk on record, rhythm { $rhythm } days
health-fact-sponsor = sponsor left: { $points }
health-missing = No data: { $part } (weight { $weight }), { $why }
health-missing-activity = no baseline yet or no activity received
health-missing-breadth = no named users or no seats known
health-missing-sentiment = no answer in the last { $days } days
health-missing-commercial = no period and no invoice known
health-missing-support = no cases imported
health-missing-relationship = no talk logged yet
health-way-healthy = Nearest way to Healthy: { $moves }
health-way-watch = Nearest way out of Critical: { $moves }
health-way-none = No one or two parts alone lead to Healthy.
health-way-first-cap = First of all the cap has to end.
health-move-activity = activity at { $ratio } of what is expected (part { $now } → { $to })
health-move-breadth = { $people } people active in 28 days (part { $now } → { $to })
health-move-sentiment = sentiment { $now } → { $to } by new answers
health-move-commercial = commercial part { $now } → { $to }: invoices paid, the renewal quoted
health-move-support = support part { $now } → { $to }: { $cases ->
    [one] the open case closed
   *[other] open cases closed, { $cases } now
}
health-move-relationship = a talk within { $rhythm } days (part { $now } → { $to })
health-change = { $points } since { $day }
health-change-none = no earlier score to compare
health-change-steps = { $points } { $part }
health-change-same = No part moved since { $day }.
health-other-reason = The status is { $status } for another reason, see there.
health-history = Score over time
health-history-caption = each stored morning; { $watch } and { $healthy } are the ends of Watch
health-history-none = No past yet. A line appears after the second morning.
health-history-alt = Health score over time. { $first } on { $from }, { $last } on { $to }.
health-col-day = Day
health-col-score = Score
health-col-part = Part
health-col-points = Points
health-col-fact = Because
health-col-fresh = Newest data
health-alt = Health { $score } of 100. { $parts }
health-facts = What the parts say
health-facts-caption = each from 0 to 100; 70 neither adds nor takes
health-opinion-label = Account manager says
health-opinion-none = no opinion yet
health-opinion-good = Good
health-opinion-mixed = Mixed
health-opinion-poor = Poor
health-opinion-by = { $person }, { $day }
health-opinion-help = Stands beside the score and never goes into it.
health-opinion-set = Write opinion
health-opinion-saved = Opinion saved.
health-opinion-undo = Take back
health-opinion-undone = Opinion taken back.
accounts-field-opinion = Opinion
accounts-field-opinion-note = Why
accounts-field-opinion-on = As of
accounts-reason-health = Health score { $count }
account-why-health-detail = the parts stand in the card Health
accounts-sort-health = Lowest health
accounts-health-label = Health score
accounts-health-any = Any health
accounts-health-critical = Health < 50
accounts-health-watch = Health 50–74
accounts-health-healthy = Health ≥ 75
accounts-health-no-data = No score
accounts-col-health = Health
accounts-col-health-help = Score from 0 to 100; empty without enough data
error-health-opinion-unknown = Choose good, mixed or poor.
error-health-opinion-note = Say in a few words why.
error-health-opinion-future = The day lies in the future.
error-health-nothing-to-undo = There is no opinion to take back, or somebody wrote another one.
error-health-no-score = One of the two days has no score.
demo-step-health = Scoring two years of health
health-grade-good = Low health scores find lost renewals
health-grade-part = A single part finds lost renewals better than the health score
health-grade-none = The health score tells no more than chance here
health-grade-few = Too few renewals to say whether the health score was right
health-grade-caption = { $count } past renewals, { $lost } lost, by the score { $days } days before
health-grade-line = { $days } days before: { $count } renewals, { $lost } lost. AUC { $auc } (95%: { $low } to { $high }), best single part { $part } { $best }: { $verdict }.
health-grade-line-few = { $days } days before: { $count } renewals with a score, { $lost } lost. Nothing can be said.
health-grade-word-good = better than each part alone
health-grade-word-part = a part alone ranks better
health-grade-word-none = no better than chance
health-grade-word-few = too few to say
health-grade-tenths = { $rises ->
    [0] Losses fall steadily with the score
    [one] Losses rise once between tenths of the score
   *[other] Losses rise { $rises } times between tenths of the score
}
health-grade-of = { $lost } of { $count }
health-grade-alt = Lost renewals by tenth of the score: { $parts }
health-grade-band = Band
health-grade-days = { $days } days before
health-grade-cell = { $share } ({ $lost } of { $count })
health-grade-show = Was the health score right?
health-grade-because-few = { $lost } lost and { $kept } kept have a score that early; at least { $least } of each are needed.
health-grade-because-none = The 95% range of the AUC, { $low } to { $high }, includes 0.5: a coin would rank them as well. On this data the score is no sign of a loss.
health-grade-because-part = The 95% range of the AUC, { $low } to { $high }, lies above 0.5, yet one part alone ranks them better.
health-grade-because-good = The 95% range of the AUC, { $low } to { $high }, lies above 0.5.
health-grade-times = Critical: { $share } lost, { $times } times the { $base } of all. The aim is 4 times.
health-grade-source-event = Churn event
health-grade-source-renewal = Renewal
health-grade-source-period = Paid period
health-grade-bands = Lost by band and horizon: calibration
health-compare = Compare two days
health-compare-from = From
health-compare-to = To
health-compare-none = No two mornings with a score lie between these days.
health-compare-sum = { $points } from { $first } to { $last }: { $before } → { $after }
