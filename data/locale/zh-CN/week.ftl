week-title = 本周
week-caption = { $first } 至 { $last } · { $due } 项到期
week-which = 周次
week-which-this = 本周
week-which-next = 下周
week-view = 视图
week-view-days = 日期
week-view-people = 人员
week-day = { $name } { $day }
week-weekday = { $number ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
    [4] 周五
    [5] 周六
   *[6] 周日
}
week-day-counts = 完成 { $done } · 受阻 { $blocked }
week-today = 今天 { $day }
week-tile-help = 当天到期的所有事项：未完成、受阻和已完成。
week-kind-task = 任务
week-kind-step = 方案步骤
week-kind-check-in = 例行回访
week-kind-promise = 承诺
week-kind-notice = 通知截止日
week-kind-renewal = 合同到期
week-kind-quote = 报价单失效
week-what = { $kind }：{ $label }
week-state-open = 未完成
week-state-blocked = 受阻
week-state-done = 已完成
week-col-day = 日期
week-col-account = 客户
week-col-what = 事项
week-col-owner = 负责人
week-col-state = 状态
week-load = { $hours } / { $available } 小时
week-load-title = 未完成工作 { $hours } 小时，可用 { $available } 小时
week-load-over = 超出可用时间 { $over } 小时。
week-people = 每个人手上的工作
week-people-hint = 选中一人可打开其队列。
week-people-col-person = 姓名
week-people-col-accounts = 客户
week-people-col-need = 今天待处理
week-people-col-critical = 严重
week-people-col-overdue = 逾期
week-people-col-due = 到期
week-people-col-done = 完成
week-people-col-blocked = 受阻
week-people-col-load = 未完成工作
week-none = 本周没有到期事项。
week-people-none = 此范围内没有人员。
week-no-account = 无客户
