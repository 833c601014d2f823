quotes-level-stop = 不得发出
quotes-rule-stop = 规则 { $rule }：任何审批均无法放行，请修改报价单。
approvals-finding-discount = 优惠 { $found }，超过 { $limit }。
approvals-finding-once = 一次性项目优惠 { $found }，超过 { $limit }。
approvals-finding-margin = 毛利率 { $found }，低于 { $limit }。
approvals-finding-margin-hidden = 毛利率低于限值。
approvals-finding-acv = 年度金额 { $found }，超过 { $limit }。
approvals-finding-term = 合同期 { $found } 个月，长于 { $limit } 个月。
approvals-finding-net-days = 付款账期 { $found } 天，长于 { $limit } 天。
approvals-finding-credit = 连同未付账单共 { $found }，超过信用额度 { $limit }。
approvals-finding-clauses = 非标准条款 { $found } 条，最多 { $limit } 条。
approvals-finding-offers = 叠加优惠 { $found } 项，最多 { $limit } 项。
approvals-finding-tender = 该客户依规须招标。
approvals-finding-flags = 红旗标记 { $found } 项，最多 { $limit } 项。

approvals-measure-discount = 优惠幅度
approvals-measure-once = 一次性项目优惠
approvals-measure-margin = 毛利率
approvals-measure-acv = 年度金额
approvals-measure-term = 合同期
approvals-measure-net-days = 付款账期
approvals-measure-credit = 信用额度
approvals-measure-clauses = 非标准条款
approvals-measure-offers = 叠加优惠
approvals-measure-tender = 招标
approvals-measure-flags = 红旗标记

approvals-task-question = 回答审批人关于“{ $title }”的提问

error-quote-hard-stop = 未保存。规则 { $rule } 为硬性限制，任何审批均无法放行。请按规则卡片所示的数值与限值修改报价单。
error-quote-not-released = 未保存。此报价单从未由系统正式发出，不能记录接受。请先发出。
error-approval-question-open = 未保存。对制作人的提问尚未答复。请等待答复，或驳回报价单。
error-approval-no-question = 未保存。此报价单没有待答复的提问。
error-approval-nothing-open = 未保存。此报价单没有待处理的审批。请刷新查看。
error-approval-yours-is-given = 未保存。您已批准过此报价单，下一步须由他人处理。
error-approval-words = 未保存。请填写 1 至 { $limit } 个字符。
error-approval-reason-code = 未保存。请从列表中选择原因。
error-approval-alternative = 未保存。请用 1 至 { $limit } 个字符写明替代方案：更长的合同期、更小的范围，或价格以外的价值。

audit-command-quotes-ask-back = 向制作人提问
audit-command-quotes-answer-question = 答复审批人
audit-field-question = 提问
audit-field-answer = 答复
audit-field-alternative = 替代方案

policy-document-approvals = 审批矩阵
policy-unit-flag = 是或否
policy-unit-level = 审批级别

compliance-check-lead-short = 距合同到期仅剩 { $days } 天，审批需要 { $lead } 天。
