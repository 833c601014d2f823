account-people = 客户经理 { $owner }，备份 { $backup }
account-people-alone = 客户经理 { $owner }，无备份
account-people-nobody = 还没有客户经理
account-seats = { $seats } 个席位中 { $seen } 个活跃
account-seen = 28 天内 { $seen } 位活跃用户
account-since = { $month } 起成为客户
account-part-of = 隶属 { $name }
account-data-none = 尚未收到活跃度数据
account-stated = 申报值，非订阅汇总
account-tile-arr = ARR
account-tile-standing = 状态
account-tile-renewal = 续约
account-tile-notice = 通知截止日
account-tile-promises = 未兑现承诺
account-tile-no-renewal = 无待续约
account-tile-leaves = { $day } 起可退出
account-tile-overdue = { $count } 项逾期
account-tile-kept = 已兑现 { $count } 项
account-tile-other-arr = 另有 { $amounts }
account-tile-reasons = { $count } 个原因
account-why = 为什么是“{ $status }”
account-why-caption = 今日，按规则判断
account-why-alert = 活跃度低于自身范围 { $drop }
account-why-alert-plain = 活跃度低于自身范围
account-why-alert-detail = 28 天内 { $observed } 个活跃用户日，预期 { $expected }
account-why-ended-detail = 续约结果尚未记录
account-why-promise-detail = 最早一项到期日为 { $day }
account-why-no-contact-detail = { $days } 天内没有双向沟通
account-why-fine-detail = 无未结预警、无逾期承诺、无未联系的续约
account-why-silent-detail = 没有数据无法判断
account-why-never-detail = 导入活跃度后即可看到团队情况
account-why-left-detail = 历史记录仍可查看
account-why-snoozed-detail = 到期会自动恢复
account-activity-none = 尚未收到该客户的活跃度数据
account-activity-unknown = 每日活跃用户；历史太短，无法给出范围
account-activity-below = { $day } 起每日活跃用户低于自身范围
account-activity-above = { $day } 起每日活跃用户高于自身范围
account-activity-inside = 每日活跃用户在自身范围内
account-activity-caption = 近 12 周，截至 { $day }，范围来自自身历史
account-activity-empty = 没有可绘制的数据。下次导入后显示活跃度。
account-activity-alt = 近 12 周每日活跃用户。最后一天 { $value }，预期 { $expected }。
account-promises = 承诺
account-promises-caption = 未完成 { $open }，已兑现 { $kept }
account-promises-none = 没有未完成的承诺。
account-quotes-none = 还没有报价单。
account-col-what = 承诺
account-col-due-on = 到期
account-col-owner = 负责人
account-col-quote = 报价单
account-col-status = 状态
account-col-net-minor = 成交总额
account-col-kind = 类型
account-col-level = 级别
account-col-opened-on = 开启日期
account-col-resolved-on = 关闭日期
account-col-observed = 用户日
account-col-expected = 预期
account-col-cause = 原因
account-col-notice-on = 通知截止日
account-col-stage = 阶段
account-col-base-minor = 到期 ARR
account-col-expected-minor = 预期 ARR
account-col-starts-on = 开始
account-col-ends-on = 结束
account-col-product = 产品
account-col-plan = 套餐
account-col-seats = 席位
account-col-arr-minor = ARR
account-col-currency = 币种
account-col-product-line = 产品线
account-col-corrected = 人工更正
account-col-subject = 主题
account-col-priority = 优先级
account-col-opened-at = 开启时间
account-col-closed-at = 关闭时间
account-col-name = 姓名
account-col-title = 职务
account-col-email = 电子邮件
account-col-phone = 电话
account-col-is-sponsor = 关键支持人
account-col-active = 仍在职
account-col-held = 人工更正
account-col-field = 字段
account-col-now = 当前值
account-col-imported = 导入值
account-col-person = 更正人
account-col-set-at = 时间
account-col-author = 作者
account-col-text = 记录
account-col-written-at = 时间
account-col-day = 日期
account-col-value = 活跃用户
account-col-low = 范围下限
account-col-high = 范围上限
account-col-periods = 订阅期
account-col-is-trial = 试用
account-updated = 更新于 { $moment }
account-tab-timeline = 时间线
account-tab-contract = 合同 { $count }
account-tab-contacts = 联系人 { $count }
account-tab-alerts = 预警 { $count }
account-tab-renewals = 续约 { $count }
account-tab-notes = 记录 { $count }
account-tab-cases = 工单 { $count }
account-timeline-none = 还没有任何记录。可记录第一次沟通。
account-timeline-more = 显示更多
account-contract-periods = 构成合同的订阅期
account-periods-none = 没有订阅期。合同由人工录入。
account-held-none = 没有人工更正的值。
account-contract-none = 还没有合同。可导入订阅数据，或新增合同。
account-contacts-none = 还没有联系人。可新增沟通对象。
account-alerts-none = 暂无预警。
account-renewals-none = 还没有续约。合同有结束日期后会出现。
account-notes-none = 还没有记录。可在谈判室填写。
account-cases-none = 没有工单。
account-held = 人工更正
account-held-help = 这些值不会被下次导入覆盖，导入只报告差异。
account-log = 记录沟通
account-logged = 沟通已记录
account-log-nobody = 未注明
account-new-quote = 新建报价
account-quoted = 报价草稿已建
account-more = 更多
account-edit = 编辑客户
account-save = 保存更改
account-saved = 更改已保存
account-hand-over = 移交
account-handed-over = 客户已移交
account-state = 更改客户状态
account-state-intro = 选择“已离开”时，请同时说明客户流失的原因。
account-state-changed = 客户状态已更改
account-undo = 撤销上次更改
account-undone = 上次更改已撤销
account-add-contact = 新增联系人
account-contact-added = 联系人已新增
account-correct-contact = 更正联系人
account-contact-corrected = 联系人已更正
account-open-room = 打开谈判室
account-line-touch = { $code ->
    [call] 电话
    [wechat] 微信
    [email] 电子邮件
    [meeting] 线上会议
    [visit] 拜访
   *[other] 沟通
}
account-line-note = 谈判记录
account-line-amendment = 记录补充
account-line-alert = { $code ->
    [opened] 预警开启
    [contacted] 预警：已联系客户
    [snoozed] 预警暂缓
    [woke] 预警恢复
    [reopened] 预警沟通标记已撤销
    [level] 预警级别变更
    [resolved] 预警解除
    [dismissed] 预警忽略
    [lost] 预警关闭：客户流失
   *[other] 预警更新
}
account-line-renewal = { $code ->
    [to_contact] 续约：待联系
    [informed] 续约：已告知
    [proposal] 续约：已提方案
    [intent_confirmed] 续约：意向已确认
    [terms_confirmed] 续约：条款已确认
    [paperwork] 续约：办理手续
    [signed] 续约已签署
    [lost] 续约流失
   *[other] 续约推进
}
account-line-quote = 报价草稿
account-line-decision = { $code ->
    [approved] 报价单已批准
    [rejected] 报价单已驳回
   *[other] 报价单已决定
}
account-line-issued = 报价单 { $code } 已发出
account-line-accepted = 报价单 { $code } 已接受
account-line-promise = 作出承诺
account-line-promise-closed = { $code ->
    [kept] 承诺已兑现
   *[other] 承诺已取消
}
account-line-case = { $code ->
    [urgent] 紧急工单
   *[other] 新工单
}
account-line-case-closed = 工单已关闭
account-line-change = { $code ->
    [accounts_create_account] 客户已新增
    [accounts_create_contact] 联系人已新增
    [accounts_correct_contact] 联系人已更正
    [accounts_set_owner] 客户已移交
    [accounts_set_status] 客户状态已更改
    [accounts_undo] 更改已撤销
    [contracts_create] 合同已新增
    [contracts_correct] 合同已更正
    [contracts_undo] 合同更正已撤销
    [health_set_opinion] 已填写判断
    [health_undo_opinion] 已撤回判断
   *[other] 客户资料已更正
}
account-line-imported = 首次导入
account-stage-to-contact = 待联系
account-stage-informed = 已告知
account-stage-proposal = 已提方案
account-stage-intent-confirmed = 意向已确认
account-stage-terms-confirmed = 条款已确认
account-stage-paperwork = 办理手续
account-stage-signed = 已签署
account-stage-lost = 已流失
account-kind-activity = 活跃度
account-kind-onboarding = 上手
account-kind-watch = 观察名单
account-alert-new = 新
account-alert-contacted = 已联系
account-alert-snoozed = 已暂缓
account-alert-resolved = 已解除
account-alert-dismissed = 已忽略
account-alert-lost = 已流失
account-tab-held = 人工更正 { $count }
account-open-alert = { $day } 的预警
account-near-contact = 最近沟通
account-near-contact-on = { $day }，{ $channel ->
    [call] 电话
    [wechat] 微信
    [email] 电子邮件
    [meeting] 线上会议
    [visit] 拜访
   *[other] 其他方式
}
account-near-renewal = 续约阶段
account-near-cases = 未结工单
account-near-cases-open = { $urgent ->
    [0] { $count } 个
   *[other] { $count } 个，其中 { $urgent } 个紧急
}
account-near-invoices = 逾期发票
account-near-invoices-since = { $amounts }，自 { $day } 起
account-near-none = 无
