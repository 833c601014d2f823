today-title = 今日
today-caption = { $scope ->
    [mine] 您的 { $accounts } 个客户
    [person] { $accounts } 个客户
    [team] 团队的 { $accounts } 个客户
   *[all] 全部 { $accounts } 个客户
} · { $activity }
today-activity-through = 活跃度截至 { $day }
today-activity-none = 尚未收到活跃度数据
today-feed-stopped = { $day } 起未收到活跃度数据，恢复前预警暂停。
today-scope = 客户范围
today-scope-mine = 我的
today-scope-team = 团队
today-scope-all = 全部

today-tile-need = 今天待处理
today-tile-need-critical = { $count ->
    [0] 无严重项
   *[other] { $count } 个严重
}
today-tile-need-help = 下方至少有一项事由的客户数，每个客户计一次。
today-tile-stake = 涉及 ARR
today-tile-stake-share = 占此范围 ARR 的 { $share }
today-tile-stake-more = + { $others }
today-tile-stake-none = 无涉及金额
today-tile-stake-help = 列表中客户的 ARR：生效中的订阅，不含试用。不同币种不相加。
today-tile-promises = 本周到期承诺
today-tile-promises-overdue = { $count } 项自 { $day } 起逾期
today-tile-promises-none = 无逾期
today-tile-promises-help = 截至周日到期的未兑现承诺，含已逾期。
today-tile-notices = 30 天内通知截止
today-tile-notices-before = 前 30 天为 { $count } 个
today-tile-notices-help = 通知截止日在未来 30 天内且仍未完成的续约。

today-queue = 待办队列，严重优先，其次按优先值
today-kind = 显示
today-kind-all = 全部 { $count }
today-kind-alert = 预警 { $count }
today-kind-promise = 承诺 { $count }
today-kind-renewal = 续约 { $count }
today-kind-approval = 审批 { $count }
today-kind-quote = 报价单 { $count }
today-kind-task = 任务 { $count }
today-kind-health = 健康分 { $count }
today-kind-data = 数据 { $count }
today-more = 再显示 { $count } 条
today-clear = 暂无待办事项。
today-clear-filtered = 此类暂无待办事项。
today-no-accounts = 还没有客户。导入文件即可开始。
today-to-imports = 导入客户

today-reason-alert-drop = 活跃度比自身范围低 { $drop }。
today-reason-alert-contacted = 活跃度比自身范围低 { $drop }；已沟通，未关闭。
today-reason-alert-open = 活跃度预警自 { $day } 起未关闭。
today-reason-alert-onboarding = 上手自 { $day } 起停滞。
today-reason-alert-watch = 自 { $day } 起列入观察。
today-reason-promise-overdue = 承诺逾期：{ $what }
today-reason-promises-overdue = { $count } 项承诺逾期，最早自 { $day } 起。
today-reason-promise-due = 承诺到期：{ $what }
today-reason-promises-due = { $count } 项承诺在 { $day } 前到期。
today-reason-renewal-ended = 合同已于 { $day } 结束，结果未登记。
today-reason-renewal-notice = 通知截止日 { $day }，续约未完成。
today-reason-renewal-notice-silent = 进入续约通知期，尚无沟通记录。
today-reason-renewal-notice-passed = 通知截止日 { $day } 已过，续约未完成。
today-reason-renewal-silent = 续约自 { $day } 起开启，尚无沟通记录。
today-reason-quote-expiring = 报价单 { $quote } 未答复，有效期至 { $day }。
today-reason-quote-approved = 报价单 { $quote } 已批准，尚未发出。
today-reason-quote-rejected = 报价单 { $quote } 已驳回，修改或撤回。
today-reason-approval = 优惠 { $discount }，待您审批。
today-reason-task = { $title }
today-reason-task-untitled = 任务于 { $day } 到期。
today-reason-health-fallen = 健康分 { $score }，自 { $day } 起为严重。
today-reason-health-low = 健康分 { $score }，严重已超过 4 周。
today-reason-vip = 提名为 VIP：{ $rule ->
    [top-plan] 高级套餐
    [spend] 消费
    [big-name] 知名品牌
    [funding] 融资
   *[hand] 同事提出
}。
today-reason-data-stale = { $day } 起未收到活跃度数据。
today-others = 另有 { $count } 项

today-clock-opened = { $count ->
    [0] 今天触发
   *[other] { $count } 天前触发
}
today-clock-overdue = 逾期 { $count } 天
today-clock-due = { $count ->
    [0] 今天到期
   *[other] { $count } 天后到期
}
today-clock-notice = { $count ->
    [0] 今天通知截止
   *[other] { $count } 天后通知截止
}
today-clock-renews = { $count } 天后续约
today-clock-ended = { $count } 天前结束
today-clock-expires = { $count ->
    [0] 今天失效
   *[other] { $count } 天后失效
}
today-clock-waiting = { $count ->
    [0] 今天提交
   *[other] 已等待 { $count } 天
}
today-clock-low = { $count ->
    [0] 今天降至严重
   *[other] { $count } 天前降至严重
}
today-clock-silent = 已中断 { $count } 天

today-act-alert = 打开预警
today-act-promise = 回复承诺
today-act-outcome = 登记结果
today-act-renewal = 打开续约
today-act-contact = 记录沟通
today-act-quote = 打开报价单
today-act-issue = 发出报价单
today-act-decide = 审批
today-act-task = 打开任务
today-act-vip = 审定
today-act-health = 打开客户
today-act-feed = 检查数据源

today-tasks = 我的任务
today-tasks-count = 本周到期 { $count } 项
today-task-done = 完成
today-task-finished = 任务已完成
today-task-untitled = 任务
today-request-open = 打开请求
today-proposals = { $count } 项 VIP 提名待审定
today-waiting = 等待他人
today-waiting-count = 您的 { $count } 项
today-waiting-none = 没有等待他人的事项。
today-waiting-approval = 审批 { $label }
today-waiting-promise = { $what }，{ $who }
today-waiting-hours = { $count } 小时
today-waiting-days = { $count } 天
today-waiting-late = 逾期 { $count } 天
today-waiting-due = { $day } 到期
today-news = 昨日以来
today-news-none = 同事暂无新动态。
today-news-note = { $who } 添加记录：
today-news-alert-closed = 预警已关闭：
today-news-decision-approved = 报价单已批准：
today-news-decision-rejected = 报价单已驳回：
today-news-renewal-moved = { $who } 更新续约：
today-somebody = 系统

today-title-of = { $person }的今日
today-own = 返回我的今日
today-to-week = 本周
today-log = 记录与该客户的沟通
today-rest = 更多
today-why = 为何排在此处
today-formula = ARR { $arr } × 紧急度 { $urgency } × 影响力 { $influence }{ $advocacy ->
    [no] { "" }
   *[other] { " " }× 口碑 { $advocacy }
} ÷ { $minutes } 分钟 = 每分钟 { $result }
today-formula-unknown = ARR 未知 · 紧急度 { $urgency } × 影响力 { $influence }{ $advocacy ->
    [no] { "" }
   *[other] { " " }× 口碑 { $advocacy }
} ÷ { $minutes } 分钟
today-snooze = 暂缓
today-hand-over = 转交
today-next = 下一项：{ $what }，{ $account }，{ $day }（{ $when }）。
today-next-none = 未来 60 天内没有其他到期事项。
today-no-customer = 无客户

today-log-title = 记录沟通：{ $account }
today-channel = 方式
today-outcome = 结果
today-outcome-short-spoke = 已沟通
today-outcome-short-message = 已留言
today-outcome-short-no-answer = 无人接听
today-outcome-spoke = 已与客户沟通。
today-outcome-message = 已给客户留言。
today-outcome-no-answer = 尝试联系，无人接听。
today-summary = 一句话摘要
today-summary-hint = 可留空
today-closes-task = 同时完成：{ $task }
today-log-rule = 已沟通或已留言会把预警标为已联系；无人接听只作记录，不改变任何状态。
today-log-save = 记录沟通
today-logged = 沟通已记录
today-done-touch = 沟通已记录。{ $alerts ->
    [0] { "" }
   *[other] { $alerts } 条预警已标为已联系。
}{ $tasks ->
    [0] { "" }
   *[other] { $tasks } 项任务已完成。
}{ $plays ->
    [0] { "" }
   *[other] { $plays } 个服务流程已推进。
}
today-request-done = 已完成，在今日页面勾选。
today-back-touch = 预警和任务已恢复
today-done-task = 已完成：{ $task }
today-back-task = 任务已恢复

today-snooze-title = 暂缓：{ $account }
today-snooze-until = 至
today-snooze-reason = 原因
today-snooze-rule = 该客户出现新事由或情况变差时，卡片会提前恢复。
today-snooze-save = 暂缓卡片
today-snoozed = 卡片已暂缓
today-done-snooze = { $account }已暂缓至 { $day }。
today-woken = 卡片已恢复
today-wake = 恢复
today-asleep = 已暂缓 { $count } 个
today-asleep-until = 至 { $day }：{ $reason }
error-today-snooze-past = 未暂缓。请选择今天之后的日期。
error-today-snooze-long = 未暂缓。卡片最多暂缓 { $days } 天。
error-today-awake = 此卡片已恢复，请刷新页面。

today-hand-over-title = 转交：{ $account }
today-hand-over-to = 转交给
today-hand-over-what = 要做的事
today-hand-over-due = 截止
today-hand-over-note = 给对方的备注
today-hand-over-rule = 对方收到一项任务，您在该客户的到期任务一并转交，卡片在该日之前不再出现在您的列表中。客户仍由您负责。
today-hand-over-save = 转交卡片
today-hand-over-nobody = 没有其他人负责该客户。请先在客户页设置备份负责人。
today-handed = 卡片已转交
today-done-handed = { $account }已转交给{ $person }。
today-back-card = 卡片已收回
today-handed-reason = 已转交给同事
today-handed-back = 转交已撤回

audit-command-today-snooze-card = 暂缓今日卡片
audit-command-today-wake-card = 恢复今日卡片
audit-command-today-log-touch = 从今日记录沟通
audit-command-today-take-back-touch = 撤销沟通带来的变更
audit-command-today-finish-task = 在今日页面勾选完成任务
audit-command-today-take-back-task = 撤销任务的完成
audit-command-today-hand-over-card = 转交今日卡片
audit-command-today-take-back-card = 收回今日卡片
audit-table-card-snooze = 暂缓的卡片
