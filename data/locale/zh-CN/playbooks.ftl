error-task-closed = 未保存：这项任务已关闭。先重新打开。
error-task-open = 未保存：这项任务本来就未关闭。刷新后查看。
error-task-day-past = 未保存：日期已过。选择更晚的日期。
error-task-day-far = 未保存：日期在两年以后。检查年份。
error-task-reason-missing = 未保存：缺少原因。写下为什么。
error-task-receiver = 未保存：此人看不到该客户。选择负责该客户的人。
error-task-count = 未保存：每次选择 1 至 { $most } 条记录。

audit-command-playbooks-assign-tasks = 将多项任务转交同事
audit-command-playbooks-block-task = 将任务标为受阻
audit-command-playbooks-create-task = 新建任务
audit-command-playbooks-create-tasks = 批量新建任务
audit-command-playbooks-finish-task = 完成任务并备注
audit-command-playbooks-finish-tasks = 批量完成任务
audit-command-playbooks-hand-over-task = 将任务转交同事
audit-command-playbooks-reopen-task = 将任务重新放回列表
audit-command-playbooks-resume-task = 恢复任务
audit-command-playbooks-skip-task = 跳过任务
audit-command-playbooks-snooze-task = 暂缓任务
audit-command-playbooks-snooze-tasks = 批量暂缓任务
audit-command-playbooks-undo-tasks = 撤销对任务的操作
audit-field-before = 之前的状态
audit-field-evidence = 凭据
audit-field-done-by = 完成人
audit-field-mode = 亲自处理或用模板
audit-field-run-id = 流程执行
audit-field-title-zh = 中文标题

policy-document-playbooks = 服务流程

error-play-runs = 未启动：该客户已有此流程在执行。打开它，或先取消。
error-play-no-steps = 未启动：在该客户上没有任何步骤能确定日期。先登记试用或合同。
error-play-closed = 未保存：该流程已结束。刷新后查看。
error-playbook-hole = 未发布：“{ $text }”中有无法填充的占位符。请在花括号中使用 account、contact、owner、company 或 feature。
error-playbook-steps = 未发布：一个流程应有 1 至 { $most } 个步骤。
error-playbook-words = 未发布：“{ $name }”缺失或过长{ $step ->
    [none] 。
   *[other] （步骤 { $step }）。
}
error-playbook-twice = 未发布：有两个步骤的代码同为“{ $step }”。请分别命名。
error-playbook-code = 未发布：步骤 { $step } 中的“{ $name }”无法识别。从列表中选择。
error-playbook-days = 未发布：步骤 { $step } 的天数须为十年以内的整数。
error-playbook-name = 未发布：代码只能包含小写字母、数字和下划线。
error-playbook-same = 未发布：与现行版本没有差异。
error-trial-days = 未保存：试用结束须晚于开始，且最长 { $most } 天。
error-trial-runs = 未保存：该客户已有进行中的试用。先记录其结果。
error-trial-outcome = 未保存：请说明成功标准是否达成。
error-trial-converted = 未保存：客户付费不可能早于试用开始。
error-demo-ahead = 未保存：日期在将来。发生后再记录。
error-demo-moved = 未保存：演示状态已更新。刷新后查看。
error-demo-attendees = 未保存：已完成的演示须填写参加者。写下有谁参加。
error-gift-values = 未保存：请选择礼品类型，成本不小于零，日期不晚于今天。
error-gift-over-budget = 未保存：该客户本年度预算还剩 { $left } 美元。

daily-step-playbooks = 推进服务流程
cli-step-playbooks = 流程变更

audit-command-daily-playbooks = 推进服务流程
audit-command-playbooks-cancel-run = 取消流程
audit-command-playbooks-close-trial = 结束试用
audit-command-playbooks-give-gift = 登记惊喜礼
audit-command-playbooks-move-demo = 更新演示状态
audit-command-playbooks-offer-demo = 提议演示
audit-command-playbooks-publish = 发布流程
audit-command-playbooks-resume-run = 撤销取消流程
audit-command-playbooks-start = 启动流程
audit-command-playbooks-write-trial = 登记试用
audit-table-account-demo = 演示
audit-table-account-gift = 惊喜礼
audit-table-account-milestone = 里程碑
audit-table-account-trial = 试用
audit-table-playbook-run = 流程执行
audit-table-playbook-version = 流程版本
audit-field-trigger = 触发事项
audit-field-started = 启动数
audit-field-made = 新增步骤
audit-field-moved = 调整步骤
audit-field-criteria = 成功标准
audit-field-outcome = 结果
audit-field-converted-on = 付费转化日期
audit-field-offered-on = 提议日期
audit-field-held-on = 举行日期
audit-field-attendees = 参加者
audit-field-given-on = 赠送日期
audit-field-tasks = 任务
