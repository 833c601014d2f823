# Messages that leave the desk, and what a person chooses about them.
notices-mine = Notifications
notices-saved = Notifications saved
notices-save = Save notifications
notices-address = E-mail goes to { $address }, the address your sign-in vouches for.
notices-no-address = E-mail needs an address that your company sign-in vouches for; there is none.
notices-no-channels = No channel can be chosen yet. An admin sets them up on the page “Channels”.
notices-scope = About which accounts
notices-scope-mine = Mine
notices-scope-team = Team
notices-scope-all = All
notices-digest-hour = Morning digest at
notices-quiet-from = Quiet from
notices-quiet-until = Quiet until
notices-quiet-never = Never
notices-hours-text = Hours of your own time zone. In the quiet time messages wait, and leave as one when it ends.
notices-calendar-title = Calendar
notices-calendar-text = Your open promises, tasks and notice dates as an .ics file. It names accounts; what was promised stays in the desk.
notices-calendar-get = Download due dates
notices-calendar = VIP Desk
notices-due-promise = Promise due
notices-due-task = Task due
notices-due-notice-date = Last day to give notice
notices-kind-digest = Morning digest
notices-kind-alert = New critical alert
notices-kind-promise = Promise overdue
notices-kind-approval = Approval waiting
notices-kind-handover = Handed over to you
notices-kind-notice-date = Notice date near
notices-kind-task = Task for you
notices-kind-notices = Notifications
notices-kind-test = Test message
notices-help-digest = Each morning: which of your accounts need somebody, the most urgent first.
notices-help-alert = An alert became critical at an account you look after.
notices-help-promise = A promise you answer for is past its day and not kept.
notices-help-approval = A quote waits for a decision you may take.
notices-help-handover = An account, or a whole book, was handed over to you.
notices-help-notice-date = The last day to give notice is near and the renewal is open.
notices-help-task = A rule or a colleague gave you a task, or a task of yours is due.
notices-channel = { $name } ({ $service })
notices-service-email = E-mail
notices-service-slack = Slack
notices-service-teams = Microsoft Teams
notices-service-feishu = Feishu
notices-service-lark = Lark
notices-service-dingtalk = DingTalk
notices-service-wecom = WeCom
notices-service-webhook = Webhook
notices-state-waiting = Waiting
notices-state-sending = Being sent
notices-state-sent = Sent
notices-state-failed = Failed
notices-state-dropped = Not sent
notices-state-why = { $state }: { $why }
notices-outcome-unreachable = the other end could not be reached
notices-outcome-slow = the other end took too long to answer
notices-outcome-refused = the other end did not take it
notices-outcome-rejected = the other end said that the request is wrong
notices-outcome-not-public = the address leads to no public place
notices-outcome-redirected = the other end redirects, and that is not followed
notices-outcome-not-trusted = the certificate of the other end is not trusted
notices-outcome-unusable = the address of the channel cannot be read
notices-outcome-channel-gone = the channel is no longer set up
notices-outcome-no-address = the person has no e-mail address that the sign-in vouches for
notices-outcome-sender-died = the desk was stopped each time before it could say how it went
notices-outcome-nothing-left = it had nothing to say any more
notices-outcome-person-gone = the person may not use the desk any more
notices-outcome-not-chosen = the person no longer wants it
notices-outcome-too-late = it was too late to be news
notices-title-alert = { $count ->
    [one] VIP Desk: a new critical alert
   *[other] VIP Desk: { $count } new critical alerts
}
notices-title-promise = { $count ->
    [one] VIP Desk: a promise is overdue
   *[other] VIP Desk: { $count } promises are overdue
}
notices-title-approval = { $count ->
    [one] VIP Desk: a quote waits for your decision
   *[other] VIP Desk: { $count } quotes wait for your decision
}
notices-title-handover = { $count ->
    [one] VIP Desk: accounts were handed over to you
   *[other] VIP Desk: { $count } handovers to you
}
notices-title-notice-date = { $count ->
    [one] VIP Desk: a notice date is near
   *[other] VIP Desk: { $count } notice dates are near
}
notices-title-task = { $count ->
    [one] VIP Desk: a task for you
   *[other] VIP Desk: { $count } tasks for you
}
notices-title-several = VIP Desk: { $count } things need you
notices-more = { $count } more
notices-digest-title = { $count ->
    [one] VIP Desk, { $day }: one account needs somebody
   *[other] VIP Desk, { $day }: { $count } accounts need somebody
}
notices-digest-alert = Alerts: { $count }
notices-digest-promise = Promises: { $count }
notices-digest-approval = Approvals waiting: { $count }
notices-digest-renewal = Renewals: { $count }
notices-digest-quote = Quotes: { $count }
notices-digest-task = Tasks: { $count }
notices-digest-health = Health: { $count }
notices-digest-data = Activity not arriving: { $count }
notices-digest-other = Other reasons: { $count }
notices-reason-alert = Alert
notices-reason-promise = Promise
notices-reason-approval = Approval
notices-reason-renewal = Renewal
notices-reason-quote = Quote
notices-reason-task = Task
notices-reason-health = Health
notices-reason-data = Activity
notices-reason-other = Account
notices-test-title = VIP Desk: test message
notices-test-text = The channel “{ $channel }” works.

# The page of channels.
frame-page-channels = Channels
channels-title = Channels
channels-caption = { $failed ->
    [0] Set up: { $count } · no failed message
    [one] Set up: { $count } · one failed message
   *[other] Set up: { $count } · { $failed } failed messages
}
channels-view = Which messages
channels-view-all = All
channels-view-failed = Failed { $count }
channels-none-title = No channel is set up
channels-none = A channel is an environment variable of the desk, such as { $variable }. Set one or more of these and start the desk again:
channels-pattern-mail = VIP_DESK_CHANNEL_MAIL=mailtos://USER:PASSWORD@smtp.your-company.com?from=desk@your-company.com
channels-pattern-slack = VIP_DESK_CHANNEL_SLACK=slack://TOKEN_A/TOKEN_B/TOKEN_C
channels-pattern-teams = VIP_DESK_CHANNEL_TEAMS=workflows://HOST/WORKFLOW/SIGNATURE
channels-pattern-feishu = VIP_DESK_CHANNEL_FEISHU=feishu://TOKEN
channels-pattern-lark = VIP_DESK_CHANNEL_LARK=lark://TOKEN
channels-pattern-dingtalk = VIP_DESK_CHANNEL_DINGTALK=dingtalk://SECRET@TOKEN
channels-pattern-wecom = VIP_DESK_CHANNEL_WECOM=wecombot://KEY
channels-pattern-hook = VIP_DESK_CHANNEL_HOOK=https://hooks.your-company.com/vip-desk
channels-secret = Addresses are secrets: they stay in the environment, and the desk shows and stores the names alone. A webhook also needs VIP_DESK_WEBHOOK_KEY_NAME, the key its messages are signed with.
channels-unusable = The address in { $variable } cannot be read as one of { $service }. Correct it and start the desk again.
channels-people = People who chose it
channels-last = Last message
channels-never = none yet
channels-month = Last 30 days
channels-counts = { $sent } sent, { $waiting } waiting, { $failed } failed
channels-test = Send test message
channels-tried-sent = The test message left on { $channel }.
channels-tried-not = The test message on { $channel } did not leave. { $outcome }; the list below says why.
channels-col-when = When
channels-col-kind = Kind
channels-col-person = Person
channels-col-channel = Channel
channels-col-outcome = Outcome
channels-col-attempts = Attempts
channels-no-messages = No message has left yet. Each person chooses theirs under “Notifications” in their menu.
channels-no-failed = No message has failed.
channels-again = Send again
channels-again-done = Message waits again
channels-again-text = It leaves within a minute, with the words and to the person that hold by then.
help-channels =
    A **channel** is a way messages leave the desk: e-mail, Slack, Microsoft Teams, Feishu, Lark, DingTalk, WeCom or a webhook. It is set up in the environment; its address is a secret and is shown nowhere.

    Each person picks channels, kinds and hours in their own menu. Who gets a message is decided **when it leaves**: somebody switched off, or without the account by then, gets none.

    A message that did not leave is tried again with growing waits. When that is over it counts as **failed** and waits here for “Send again”.
error-notice-hour = Not saved. Choose whole hours from 0 to 23, and both ends of the quiet time or none.
error-notice-scope = Not saved. These accounts are not yours to choose; pick one of the offered choices.
error-notice-kind = Not saved. “{ $kind }” is nothing you can be told of.
error-notice-channel = Not saved. The channel “{ $channel }” cannot be chosen: it is not set up, or it needs an e-mail address that your sign-in vouches for.
error-notice-no-address = Not sent. E-mail goes to the address your company sign-in vouches for, and it vouches for none of yours.
error-channel-unusable = Not sent. The address of the channel “{ $channel }” cannot be read. Correct its environment variable and start the desk again.
error-message-not-failed = Not sent again. Only a failed message can be sent again; reload the page to see what became of this one.
error-taken-meanwhile = Another process of the desk took these up. Nothing was changed.
policy-document-notices = Messages
policy-unit-lines = lines
policy-unit-attempts = attempts
cli-notices-line = { $what }: { $count }
cli-notices-none = No message was due.
cli-notices-no-channels = No channel is set up. Set VIP_DESK_CHANNEL_MAIL or another one; the README lists them.

# How the record of changes calls it.
audit-command-notices-choose = Chose notifications
audit-command-notices-claim = Took a message to send
audit-command-notices-finish = Sent a message
audit-command-notices-plan-digests = Planned morning digests
audit-command-notices-record-calendar = Took the calendar of due dates
audit-command-notices-retry = Sent a message again
audit-command-notices-take-up = Took up what happened
audit-command-notices-test-message = Sent a test message
audit-table-notice-preference = Notifications
audit-table-outbox = Message
audit-field-verified-email = Vouched-for e-mail
audit-field-scope = Scope
audit-field-digest-hour = Hour of the digest
audit-field-quiet-from = Quiet from
audit-field-picked = Kinds and channels
audit-field-attempts = Attempts
notices-kind-policy = Rule or standard published
notices-help-policy = A rule, price or standard that touches your customers was published.
notices-title-policy = { $count ->
    [one] VIP Desk: a rule or standard for your customers was published
   *[other] VIP Desk: { $count } rules or standards for your customers were published
}
