activity-kind-case = 工单未回复
activity-kind-interval = 采购间隔拉长
activity-kind-rejection = 申请被驳回
activity-kind-rivals = 其他供应商
activity-kind-activation = 功能启用
account-kind-case = 工单未回复
account-kind-interval = 采购间隔拉长
account-kind-rejection = 申请被驳回
account-kind-rivals = 其他供应商
account-kind-activation = 功能启用落后
today-reason-alert-case = 自 { $day } 起有工单未回复。
today-reason-alert-interval = 自 { $day } 起采购间隔拉长。
today-reason-alert-rejection = 申请被驳回，客户可能正在询价。自 { $day } 起。
today-reason-alert-rivals = 续约前有其他供应商参与。
today-reason-alert-activation = 自 { $day } 起功能启用落后于计划。
signals-case-title = { $account }：VIP 工单等待回复
signals-case-short = 已 { $hours } 小时未回复：{ $subject }
signals-case-sentence = { $cases ->
    [1] 工单“{ $subject }”已有 { $hours } 小时无人回复。
   *[other] { $cases } 个工单无人回复，其中最早的“{ $subject }”已等待 { $hours } 小时。
}VIP 客户期望几分钟内得到回复，等待超过两小时的客户大多会考虑离开。首次回复后自动解除。
signals-interval-title = { $account }：采购间隔拉长
signals-interval-short = { $days } 天，平常为 { $usual } 天，最近一次采购 { $day }
signals-interval-sentence = { $running ->
    [yes] 最近一次采购在 { $day }，距今 { $days } 天
   *[no] { $day } 的采购距上一次 { $days } 天
}；平常为 { $usual } 天（之前 { $intervals } 个间隔的中位数）。间隔恢复后自动解除。
signals-rejection-title = { $account }：申请被驳回，客户有流失风险
signals-rejection-short = { $quote } 于 { $day }{ $by ->
    [us] 被我方驳回
   *[customer] 被客户拒绝
}
signals-rejection-sentence = { $by ->
    [us] 我方于 { $day } 驳回了 { $quote }。
   *[customer] 客户于 { $day } 拒绝了 { $quote }。
}{ $count ->
    [1] {""}
   *[other] 近期共有 { $count } 次。
}买方随后往往同时联系两三家竞争对手，并以此为筹码。{ $suppliers ->
    [0] 尚未记录其他供应商。
   *[other] 已记录 { $suppliers } 家其他供应商。
}有报价被接受或风险期结束后自动解除。
signals-rivals-title = { $account }：续约前有其他供应商参与
signals-rivals-short = 有 { $suppliers } 家其他供应商，合同 { $day } 到期
signals-rivals-sentence = 有 { $suppliers } 家其他供应商参与（{ $names }），合同将于 { $day } 到期。续约有结果或供应商减少后自动解除。
signals-activation-title = { $account }：功能启用落后于计划
signals-activation-short = 第 { $day } 天，{ $of } 项关键功能中启用 { $taken } 项；最被忽视：{ $feature }
signals-activation-sentence = 开通第 { $day } 天，该客户启用了方案 { $of } 项关键功能中的 { $taken } 项。最被忽视的是{ $feature }，同方案客户中有 { $peers } 在使用。启用足够功能后自动解除。
signals-note = { $contact }，您好：
    贵方方案中有一项功能还没有用过，值得一试：{ $feature }。与贵方相似的客户中有 { $peers } 在使用，它能减少团队的重复工作。建议这样开始：从本周挑一个真实任务，与目前手工处理的同事一起走一遍，大约十分钟即可。我很乐意做一次简短演示，时间由您定。
    { $sender } 敬上
signals-note-nobody = 尊敬的客户
signals-note-title = 可发送的信函
signals-note-caption = 已按最被忽视的功能填好，可复制、修改后发送
signals-task-competitor-watch = 跟进竞争对手：{ $quote } 于 { $day } 被驳回，了解客户联系了哪些供应商
signals-task-loss-reason = 询问客户 { $day } 流失的原因并记录
signals-block-title = 竞争情况
signals-block-caption = 其他在谈供应商，计入续约风险
signals-block-none = 还没有人记录其他供应商。
signals-block-zero = 没有其他供应商参与。
signals-block-count = 有 { $count } 家其他供应商参与
signals-block-by = { $person }，{ $day }
signals-suppliers-set = 记录供应商
signals-suppliers-saved = 已记录供应商。
signals-loss-title = 于 { $day } 流失
signals-loss-none = 还没有人记录原因。
signals-loss-given = 数据来源给出的原因：{ $reason }
signals-loss-set = 记录原因
signals-loss-saved = 已保存原因。
accounts-field-suppliers = 其他在谈供应商（家）
accounts-field-supplier-names = 供应商名称
accounts-field-suppliers-on = 截至
accounts-field-loss-reason = 流失原因
accounts-field-loss-comment = 客户的说法
alerts-play-case = 应对方案：工单未回复
alerts-play-interval = 应对方案：挽回采购变少的客户
alerts-play-rejection = 应对方案：驳回之后
alerts-play-rivals = 应对方案：续约前的竞争
alerts-play-activation = 应对方案：被忽视的功能
alerts-step-answer = 请支持团队回复工单，期限 { $day }
alerts-step-inform-lead = 告知团队主管，期限 { $day }
alerts-step-apology = 致电说明何时解决，期限 { $day }
alerts-step-confirm-answer = 确认客户满意，期限 { $day }
alerts-step-reasons = 询问采购变少的原因，期限 { $day }
alerts-step-welcome-back = 提供回归礼包，期限 { $day }
alerts-step-one-to-one = 进行一对一通话，期限 { $day }
alerts-step-confirm-purchase = 确认下一次采购，期限 { $day }
alerts-step-explain = 当面说明驳回原因，期限 { $day }
alerts-step-rival-check = 了解客户联系了哪些供应商，期限 { $day }
alerts-step-trade = 以承诺换取条件，期限 { $day }
alerts-step-value-review = 回顾已实现的价值，期限 { $day }
alerts-step-note = 发送个人信函，期限 { $day }
alerts-step-demo = 做一次简短演示，期限 { $day }
alerts-step-confirm-use = 确认功能已启用，期限 { $day }
error-suppliers-count = 未保存。供应商数量应为 0 至 { $most }。
error-suppliers-future = 未保存。日期在将来。
error-suppliers-names-long = 未保存。名称最多 { $limit } 个字符。
error-suppliers-names-without-count = 未保存。填写了名称但数量为 0，请更正其中一项。
error-loss-reason-unknown = 未保存。请选择流失原因。
error-loss-future = 未保存。流失日期在将来。
error-loss-comment-long = 未保存。最多 { $limit } 个字符。
error-loss-comment-missing = 未保存。选择“其他”时，请简要说明流失原因。
policy-document-signals = 活跃度之外的信号
daily-step-signals = 查找其他风险信号
alerts-step-next-step = 与关键决策人约定下一步，期限 { $day }
signals-what = 发生了什么
audit-command-daily-signals = 检查活跃度以外的信号
audit-command-daily-waiting-cases = 检查等待中的 VIP 工单
audit-command-signals-note-suppliers = 记录其他供应商
audit-command-signals-give-reason = 记录客户流失原因
audit-table-loss-reason = 流失原因
audit-table-rival-suppliers = 其他供应商
signals-kept-by-lower-price = 价格更低
signals-kept-by-function = 所缺功能
signals-kept-by-service = 服务更好
signals-kept-by-training = 培训更多
signals-kept-by-nothing = 无法挽留
signals-returns-yes = 愿意
signals-returns-maybe = 也许
signals-returns-no = 不愿意
accounts-field-loss-kept-by = 怎样才能留住
accounts-field-loss-returns = 是否愿意回来
accounts-field-loss-rating = 满意度（1 至 5）
accounts-field-loss-went-to = 转向何处
audit-field-kept-by = 怎样才能留住
audit-field-returns = 是否愿意回来
audit-field-rating = 满意度（1 至 5）
audit-field-went-to = 转向何处
signals-survey-caption = { $count ->
    [0] 流失客户的回答
   *[other] { $count } 份流失客户的回答
}
signals-survey-none = 还没有流失客户的回答。客户流失后会生成任务，回答在客户页的竞争对手区块中填写。
signals-survey-reasons = 流失原因
signals-survey-count = { $reason }：{ $count }
signals-survey-account = 客户
signals-survey-lost-on = 流失日期
signals-survey-reason = 原因
signals-survey-kept-by = 怎样才能留住
signals-survey-returns = 是否愿意回来
signals-survey-rating = 满意度（1 至 5）
signals-survey-went-to = 转向何处
signals-survey-comment = 客户原话
signals-survey-person = 询问人
error-loss-answer-unknown = 未保存。请从所列答案中选择。
activity-kind-downgrade = 申请降级
account-kind-downgrade = 申请降级
today-reason-alert-downgrade = 客户申请降级。自 { $day } 起。
signals-downgrade-title = { $account }：客户申请降级
signals-downgrade-short = { $product }：自 { $day } 起减少 { $less }
signals-downgrade-sentence = 客户于 { $asked } 申请降级{ $product }：自 { $day } 起 ARR 减少 { $less }。{ $count ->
    [1] {""}
   *[other] 共有 { $count } 项降级待生效。
}申请降级的客户往往随后离开；生效之前可以撤回。变更生效或取消后自动解除。
alerts-play-downgrade = 应对方案：申请降级
