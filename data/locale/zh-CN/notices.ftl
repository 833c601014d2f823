# 工作台发出的消息，以及个人的选择。
notices-mine = 消息提醒
notices-saved = 消息提醒已保存
notices-save = 保存消息提醒
notices-address = 邮件发送至 { $address }，即公司登录验证过的地址。
notices-no-address = 邮件需要经公司登录验证的地址，目前没有。
notices-no-channels = 暂无可选渠道。管理员可在“消息渠道”页面查看如何设置。
notices-scope = 涉及哪些客户
notices-scope-mine = 我的
notices-scope-team = 团队
notices-scope-all = 全部
notices-digest-hour = 晨报时间
notices-quiet-from = 免打扰开始
notices-quiet-until = 免打扰结束
notices-quiet-never = 不设置
notices-hours-text = 按您所在时区的整点计算。免打扰期间消息会等待，结束后合并为一条发出。
notices-calendar-title = 日历
notices-calendar-text = 您未完成的承诺、任务和通知截止日，导出为 .ics 文件。文件包含客户名称，不包含承诺内容。
notices-calendar-get = 下载到期日历
notices-calendar = VIP Desk
notices-due-promise = 承诺到期
notices-due-task = 任务到期
notices-due-notice-date = 通知截止日
notices-kind-digest = 晨报
notices-kind-alert = 新的严重预警
notices-kind-promise = 承诺逾期
notices-kind-approval = 待审批
notices-kind-handover = 移交给您
notices-kind-notice-date = 通知截止日临近
notices-kind-task = 分配给您的任务
notices-kind-notices = 消息提醒
notices-kind-test = 测试消息
notices-help-digest = 每天早上：哪些客户需要处理，最紧急的在前。
notices-help-alert = 您负责的客户出现严重级别的预警。
notices-help-promise = 您负责的承诺已过期且未兑现。
notices-help-approval = 有报价单等待您审批。
notices-help-handover = 有客户或整个客户名单移交给您。
notices-help-notice-date = 通知截止日临近，续约尚未完成。
notices-help-task = 规则或同事给您分配了任务，或您的任务到期。
notices-channel = { $name }（{ $service }）
notices-service-email = 邮件
notices-service-slack = Slack
notices-service-teams = Microsoft Teams
notices-service-feishu = 飞书
notices-service-lark = Lark
notices-service-dingtalk = 钉钉
notices-service-wecom = 企业微信
notices-service-webhook = Webhook
notices-state-waiting = 等待发送
notices-state-sending = 发送中
notices-state-sent = 已发送
notices-state-failed = 发送失败
notices-state-dropped = 未发送
notices-state-why = { $state }：{ $why }
notices-outcome-unreachable = 无法连接对方
notices-outcome-slow = 对方响应超时
notices-outcome-refused = 对方未接收
notices-outcome-rejected = 对方判定请求有误
notices-outcome-not-public = 地址不指向公网
notices-outcome-redirected = 对方要求跳转，而消息不跟随跳转
notices-outcome-not-trusted = 对方的证书不可信
notices-outcome-unusable = 无法识别该渠道的地址
notices-outcome-channel-gone = 该渠道已不再设置
notices-outcome-no-address = 此人没有经登录验证的邮件地址
notices-outcome-sender-died = 每次发送过程中工作台都被中断
notices-outcome-nothing-left = 已没有需要告知的内容
notices-outcome-person-gone = 此人已不能使用工作台
notices-outcome-not-chosen = 此人已不再选择接收
notices-outcome-too-late = 已过时效
notices-title-alert = VIP Desk：{ $count } 个新的严重预警
notices-title-promise = VIP Desk：{ $count } 项承诺已逾期
notices-title-approval = VIP Desk：{ $count } 份报价单等待您审批
notices-title-handover = VIP Desk：{ $count } 次移交给您
notices-title-notice-date = VIP Desk：{ $count } 个通知截止日临近
notices-title-task = VIP Desk：{ $count } 项任务分配给您
notices-title-several = VIP Desk：{ $count } 件事需要您处理
notices-more = 另有 { $count } 项
notices-digest-title = VIP Desk，{ $day }：{ $count } 个客户需要处理
notices-digest-alert = 预警：{ $count }
notices-digest-promise = 承诺：{ $count }
notices-digest-approval = 待审批：{ $count }
notices-digest-renewal = 续约：{ $count }
notices-digest-quote = 报价单：{ $count }
notices-digest-task = 任务：{ $count }
notices-digest-health = 健康度：{ $count }
notices-digest-data = 活跃度数据中断：{ $count }
notices-digest-other = 其他原因：{ $count }
notices-reason-alert = 预警
notices-reason-promise = 承诺
notices-reason-approval = 审批
notices-reason-renewal = 续约
notices-reason-quote = 报价单
notices-reason-task = 任务
notices-reason-health = 健康度
notices-reason-data = 活跃度
notices-reason-other = 客户
notices-test-title = VIP Desk：测试消息
notices-test-text = 渠道“{ $channel }”可以使用。

# 消息渠道页面。
frame-page-channels = 消息渠道
channels-title = 消息渠道
channels-caption = { $failed ->
    [0] 已设置 { $count } 个 · 没有发送失败的消息
   *[other] 已设置 { $count } 个 · { $failed } 条消息发送失败
}
channels-view = 显示哪些消息
channels-view-all = 全部
channels-view-failed = 失败 { $count }
channels-none-title = 尚未设置渠道
channels-none = 渠道由工作台的环境变量设置，例如 { $variable }。设置以下一项或多项后重新启动工作台：
channels-pattern-mail = VIP_DESK_CHANNEL_MAIL=mailtos://USER:PASSWORD@smtp.your-company.com?from=desk@your-company.com
channels-pattern-slack = VIP_DESK_CHANNEL_SLACK=slack://TOKEN_A/TOKEN_B/TOKEN_C
channels-pattern-teams = VIP_DESK_CHANNEL_TEAMS=workflows://HOST/WORKFLOW/SIGNATURE
channels-pattern-feishu = VIP_DESK_CHANNEL_FEISHU=feishu://TOKEN
channels-pattern-lark = VIP_DESK_CHANNEL_LARK=lark://TOKEN
channels-pattern-dingtalk = VIP_DESK_CHANNEL_DINGTALK=dingtalk://SECRET@TOKEN
channels-pattern-wecom = VIP_DESK_CHANNEL_WECOM=wecombot://KEY
channels-pattern-hook = VIP_DESK_CHANNEL_HOOK=https://hooks.your-company.com/vip-desk
channels-secret = 地址属于机密：只保存在环境变量中，工作台仅显示和记录渠道名称。Webhook 还需要 VIP_DESK_WEBHOOK_KEY_NAME，即消息签名所用的密钥。
channels-unusable = { $variable } 中的地址无法识别为“{ $service }”的地址。请更正后重新启动工作台。
channels-people = 选择的人数
channels-last = 最近一条消息
channels-never = 暂无
channels-month = 最近 30 天
channels-counts = 已发送 { $sent }，等待 { $waiting }，失败 { $failed }
channels-test = 发送测试消息
channels-tried-sent = 测试消息已通过 { $channel } 发出。
channels-tried-not = 测试消息未能通过 { $channel } 发出。{ $outcome }，原因见下方列表。
channels-col-when = 时间
channels-col-kind = 类型
channels-col-person = 人员
channels-col-channel = 渠道
channels-col-outcome = 结果
channels-col-attempts = 尝试次数
channels-no-messages = 尚未发出消息。每个人在自己的菜单“消息提醒”中选择。
channels-no-failed = 没有发送失败的消息。
channels-again = 重新发送
channels-again-done = 消息已重新排队
channels-again-text = 一分钟内发出，内容和收件人以届时为准。
help-channels =
    消息**渠道**是消息离开工作台的方式：邮件、Slack、Microsoft Teams、飞书、Lark、钉钉、企业微信或 Webhook。渠道在环境变量中设置，其地址属于机密，不会显示在任何地方。

    每个人在自己的菜单中选择渠道、类型和时间。收件人在**发送时**才确定：届时已停用或不再负责该客户的人不会收到。

    未能发出的消息会以逐渐延长的间隔重试。重试结束后记为**发送失败**，可在此“重新发送”。
error-notice-hour = 未保存。请选择 0 到 23 的整点；免打扰时间须同时设置开始和结束，或都不设置。
error-notice-scope = 未保存。这些客户不在您的可选范围内，请从列出的选项中选择。
error-notice-kind = 未保存。“{ $kind }”不是可接收的消息类型。
error-notice-channel = 未保存。渠道“{ $channel }”不可选：尚未设置，或需要经登录验证的邮件地址。
error-notice-no-address = 未发送。邮件只发往经公司登录验证的地址，而您没有这样的地址。
error-channel-unusable = 未发送。渠道“{ $channel }”的地址无法识别。请更正其环境变量并重新启动工作台。
error-message-not-failed = 未重新发送。只有发送失败的消息可以重新发送，请刷新页面查看其状态。
error-taken-meanwhile = 工作台的另一个进程已在处理，未做任何更改。
policy-document-notices = 消息
policy-unit-lines = 行
policy-unit-attempts = 次
cli-notices-line = { $what }：{ $count }
cli-notices-none = 没有待发送的消息。
cli-notices-no-channels = 尚未设置渠道。请设置 VIP_DESK_CHANNEL_MAIL 或其他渠道，详见 README。

# 变更记录中的称呼。
audit-command-notices-choose = 选择消息提醒
audit-command-notices-claim = 领取待发消息
audit-command-notices-finish = 发送消息
audit-command-notices-plan-digests = 安排晨报
audit-command-notices-record-calendar = 下载到期日历
audit-command-notices-retry = 重新发送消息
audit-command-notices-take-up = 处理待告知事项
audit-command-notices-test-message = 发送测试消息
audit-table-notice-preference = 消息提醒
audit-table-outbox = 消息
audit-field-verified-email = 已验证邮件地址
audit-field-scope = 范围
audit-field-digest-hour = 晨报时间
audit-field-quiet-from = 免打扰开始
audit-field-picked = 类型与渠道
audit-field-attempts = 尝试次数
notices-kind-policy = 规则或标准已发布
notices-help-policy = 涉及您客户的规则、价格或标准已发布。
notices-title-policy = VIP Desk：{ $count } 项涉及您客户的规则或标准已发布
