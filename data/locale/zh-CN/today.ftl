today-title = 今日
today-caption = { $scope ->
    [mine] 您的 { $accounts } 个客户
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

today-queue = 待办队列，按级别和涉及 ARR 排序
today-kind = 显示
today-kind-all = 全部 { $count }
today-kind-alert = 预警 { $count }
today-kind-promise = 承诺 { $count }
today-kind-renewal = 续约 { $count }
today-kind-approval = 审批 { $count }
today-kind-quote = 报价单 { $count }
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
today-act-feed = 检查数据源

today-tasks = 我的任务
today-tasks-count = 本周到期 { $count } 项
today-task-done = 完成
today-task-finished = 任务已完成
today-task-untitled = 任务
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
