compliance-settle = 发出前检查
compliance-settle-note = { $count ->
    [0] 无阻碍
   *[other] { $count } 项阻碍发出
}
compliance-state-ok = 正常
compliance-state-warn = 请留意
compliance-state-stop = 阻止
compliance-check-open = 客户未列入黑名单。
compliance-check-blocked = 客户自{ $day }起列入黑名单：{ $reason }
compliance-check-no-flags = 无违规信号。
compliance-check-flags-open = { $count } 个违规信号待合规复核。
compliance-check-flags-cleared = { $person } 已复核 { $count } 个违规信号并放行：{ $reason }
compliance-check-flags-refused = { $person } 复核违规信号后未放行：{ $reason }
compliance-check-tender = { $on }的流程证明：{ $proof }
compliance-check-tender-missing = 客户须招标：请先登记流程证明。
compliance-check-pack-valid = 安全资料：{ $name }，有效期至 { $until }。
compliance-check-pack-soon = 安全资料：{ $name } 将于 { $until }到期。
compliance-check-pack-expired = 安全资料：{ $name } 已于 { $until }过期，单据上会写明。
compliance-check-pack-missing = 安全资料：规则参数中没有填写认证，单据上会写明。
compliance-check-paper = 单据已列明全部条款、使用范围与续约规则。
compliance-check-paper-gap = 单据缺少{ $gap }。
compliance-check-promises-loose = { $count } 项自拟承诺不在承诺目录中，不会打印。
compliance-gap-term = 合同期
compliance-gap-validity = 有效期
compliance-gap-payment = 金额一致的付款计划
compliance-gap-renewal = 续约规则
compliance-gap-limits = 使用范围
compliance-gap-customer = 客户名称
compliance-gap-language = 单据语言的文字
compliance-desk-able = 须由 { $level } 级审批人审批：{ $people }。
compliance-desk-barred = 目前无人可以审批。{ $people } 达到 { $level } 级，但制作过此报价单，或正在代理制作人。可由 { $admins } 另行任命 { $level } 级审批人。
compliance-desk-nobody = 目前没有 { $level } 级审批人，可由 { $admins } 任命。
compliance-bar-four-eyes = 您制作或修改过此报价单，须由他人审批。
compliance-bar-stand-in = 您正在代理制作或修改过此报价单的人，须由他人审批。
compliance-bar-level = 此报价单须由 { $level } 级审批人审批，高于您的级别。
compliance-level = { $level } 级
compliance-duplicate = { $count ->
    [1] 该客户已有申请“{ $quote }”（{ $owner }，{ $way }，{ $since } 起）。
   *[other] 该客户另有 { $count } 项未结申请，最早的是“{ $quote }”（{ $owner }，{ $way }，{ $since } 起）。
}此申请由 { $mine } 负责；逐级上报：{ $path }。
compliance-path-joiner = {" → "}
compliance-filter = 待合规复核
compliance-request = 申请与合规
compliance-row-owner = 负责人
compliance-row-channel = 申请渠道
compliance-row-fit = 适配复核
compliance-row-flags = 违规信号
compliance-channel-none = 未登记
compliance-channel-account-manager = 客户经理
compliance-channel-sales = 销售
compliance-channel-leadership = 管理层
compliance-channel-website = 官网
compliance-channel-social = 社交网络
compliance-channel-other = 其他渠道
compliance-flag-bypass = 绕过正常渠道
compliance-flag-false-urgency = 制造紧迫感
compliance-flag-threat = 以流失相威胁
compliance-flag-skip-tender = 要求跳过招投标
compliance-flag-private-benefit = 索取个人利益
compliance-form-flags = 违规信号
compliance-form-flags-save = 保存信号
compliance-form-flags-done = 违规信号已保存
compliance-form-review = 复核信号
compliance-form-review-save = 记录复核
compliance-form-review-done = 复核已记录
compliance-review-reason = 复核结论与理由
compliance-review-cleared = 报价单可以发出
compliance-form-request = 申请信息
compliance-form-request-save = 保存申请信息
compliance-form-request-done = 申请信息已保存
compliance-proof = 流程证明
compliance-proof-on = 证明日期
compliance-iso = 要求 ISO 27001
compliance-form-promises = 单据上的承诺
compliance-form-promises-save = 保存选择
compliance-form-promises-done = 承诺已选定
compliance-form-fit = 适配复核
compliance-form-fit-save = 记录适配复核
compliance-form-fit-done = 适配复核已记录
compliance-fit-finding = 方案是否仍然适配，有何调整
compliance-fit-next = 下次复核
compliance-account = 报价规则
compliance-rule-tender = 须招投标
compliance-rule-iso = 须 ISO 27001
compliance-form-rules = 修改规则
compliance-form-rules-save = 保存规则
compliance-form-rules-done = 规则已保存
compliance-form-block = 列入黑名单
compliance-form-block-save = 列入
compliance-form-block-done = 客户已列入黑名单
compliance-form-unblock = 移出黑名单
compliance-form-unblock-save = 移出
compliance-form-unblock-done = 客户已移出黑名单
compliance-block-reason = 为何不得发出报价
compliance-unblock-reason = 为何可以恢复报价
compliance-alike-title = 同类客户的优惠（本单 { $share }）
compliance-alike-caption = { $like }；最近 { $months } 个月已发出或已接受的报价单
compliance-alike-others = 他人负责的 { $count } 个客户：优惠中位数 { $share }。
compliance-alike-none = 此期间您的同类客户没有报价单。
compliance-alike-issued = 发出时间
compliance-band-small = 小型
compliance-band-middle = 中型
compliance-band-large = 大型
compliance-band-none = 规模未知
compliance-rights = 区域权益（已包含）
compliance-rights-note = 在单据上按零价格列出
compliance-contact-sponsor = 内部支持者
compliance-free-words = 不在承诺目录
compliance-promise-catalogue = 承诺
compliance-promise-own-words = 自拟内容
compliance-promise-allow = 批准打印
compliance-promise-allowed = 承诺已批准

error-quote-account-blocked = 未保存。该客户自 { $day } 起列入黑名单：{ $reason }。管理层或管理员可以移出。
error-quote-flags-open = 未发出。有 { $count } 个违规信号，须先由 3 级审批人或管理员记录合规复核。
error-quote-flags-refused = 未发出。{ $person } 复核违规信号后未放行：{ $reason }
error-quote-tender-missing = 未发出。该客户须招投标，请先登记流程证明及其日期。
error-quote-paper-gap = 未发出。单据缺少{ $gap ->
    [term] 合同期
    [validity] 有效期
    [payment] 金额一致的付款计划
    [renewal] 续约规则
    [limits] 使用范围
    [customer] 客户名称
   *[other] 单据语言的文字
}。
error-quote-flag-unknown = 未保存。没有这种违规信号。
error-quote-flag-stays = 未保存。已标记的违规信号须由合规复核人取消。
error-quote-flags-none = 未保存。没有待复核的违规信号。
error-quote-rule-stays = 未保存。已设定的规则须由合规复核人取消。
error-quote-owner = 未保存。此人已不再使用本系统。
error-quote-channel = 未保存。请选择申请渠道。
error-quote-field-proof = 未保存。此处最多 { $limit } 个字符，且只能一行。
error-quote-proof-date = 未保存。流程证明须有日期，且不晚于今天。
error-quote-fit-date = 未保存。请选择今后五年内的日期。
error-quote-promise-loose = 未保存。只有目录中的或已批准的承诺可以打印。
error-quote-field-contact-id = 未保存。请选择该客户的有效联系人。
error-account-blocked-already = 未保存。该客户已在黑名单中。
error-account-not-blocked = 未保存。该客户不在黑名单中。
