error-negotiation-text-missing = { $field ->
    [note] 未保存：记录内容为空。写下沟通了什么。
    [amendment] 未保存：补充内容为空。写下要补充什么。
    [summary] 未保存：沟通摘要为空。写下沟通的结果。
    [promise] 未保存：承诺内容为空。写下承诺了什么。
    [proof] 未保存：兑现承诺须有凭据。写下客户如何确认。
    [reason] 未保存：取消承诺须有原因。写下为什么。
   *[other] 未保存：内容为空。
}
error-negotiation-text-long = 未保存：共 { $length } 个字符，上限为 { $limit }。缩短或分成几条。
error-negotiation-text-control = 未保存：文字中含有不可见的控制字符或方向字符。以纯文本粘贴。
error-negotiation-channel = 未保存：选择沟通方式。
error-negotiation-script = 未保存：没有这种买方话术。
error-negotiation-touch-ahead = 未保存：沟通时间在将来。发生后再记录。
error-negotiation-touch-old = 未保存：沟通时间早于 { $year } 年。检查日期。
error-negotiation-due-past = 未保存：日期已过。承诺的日期应为今天或以后。
error-negotiation-due-far = 未保存：日期在五年以后。检查年份。
error-negotiation-owner = 未保存：此人看不到该客户。选择负责该客户的人。
error-negotiation-promise-closed = 未保存：这项承诺已被关闭。刷新后查看。
error-negotiation-promise-code = 未保存：目录中已没有这项承诺。选择其他承诺。
error-negotiation-promise-both = 未保存：目录中的承诺自带文字。清空文字，或选择自拟内容。
error-negotiation-promise-own = 未保存：您是这项承诺的责任人，须由他人批准。
error-negotiation-promise-settled = 未保存：这项承诺已无须批准。刷新后查看。
error-negotiation-task-moved = 未保存：这项任务已被他人处理。刷新后查看。
error-negotiation-nothing-promised = 没有待确认的承诺。先记录一项。
error-form-used-already = 未再次保存：此表单已用其他内容提交过。刷新页面后重新填写。

negotiation-title = 谈判
negotiation-title-account = 谈判：{ $account }
negotiation-caption = { $notes ->
    [0] 暂无记录
   *[other] { $notes } 条记录
} · { $promises ->
    [0] 无未兑现承诺
   *[other] { $promises } 项未兑现承诺
} · { $touch } · 内部页面，客户不可见
negotiation-caption-choose = 谈判记录、承诺和沟通，按客户查看
negotiation-last-touch = 上次沟通 { $day }
negotiation-no-touch = 尚无沟通记录
negotiation-account = 客户
negotiation-search-account = 查找客户
negotiation-choose = 选择客户，查看其记录和承诺。
negotiation-open-account = 打开客户

negotiation-notes = 谈判记录
negotiation-notes-empty = 还没有记录。下次沟通后写下内容。
negotiation-notes-filtered = 没有符合条件的记录。清除搜索或选择“全部”。
negotiation-notes-more = 还有 { $count } 条更早的记录未显示，可用搜索查找。
negotiation-search = 搜索记录
negotiation-view = 显示范围
negotiation-view-all = 全部
negotiation-view-internal = 内部
negotiation-view-shared = 可共享
negotiation-internal = 内部
negotiation-shared = 可共享
negotiation-note-hint = 沟通内容与后续事项
negotiation-note-shared = 可给客户看
negotiation-note-tag = 买方话术
negotiation-tag-none = 无话术
negotiation-tag-opener = 开场：陈述事实
negotiation-tag-impact = 以影响要求优先
negotiation-tag-clause = 引用条款
negotiation-tag-escalation = 要求升级
negotiation-tag-closing = 收尾
negotiation-save-note = 保存记录
negotiation-note-saved = 记录已保存
negotiation-amend = 补充
negotiation-amend-text = 补充内容
negotiation-save-amendment = 保存补充
negotiation-amended = 补充已保存
negotiation-amendment-by = { $author } 补充于 { $moment }

negotiation-promises = 承诺
negotiation-promises-count = { $open } 项未兑现，{ $overdue } 项逾期
negotiation-promises-empty = 还没有承诺。记录承诺内容、责任人和日期。
negotiation-owner = 责任人
negotiation-due = 到期日
negotiation-status = 状态
negotiation-state-open = 未兑现
negotiation-state-today = 今天到期
negotiation-state-overdue = 已逾期
negotiation-state-kept = 已兑现
negotiation-state-dropped = 已取消
negotiation-new-promise = 新承诺
negotiation-promise-hint = 向客户承诺了什么
negotiation-save-promise = 保存承诺
negotiation-promise-saved = 承诺已保存
negotiation-close = 处理
negotiation-close-text = 凭据，或取消的原因
negotiation-keep = 标记为已兑现
negotiation-drop = 取消承诺
negotiation-kept = 承诺已兑现
negotiation-dropped = 承诺已取消

negotiation-touches = 沟通
negotiation-touches-empty = 还没有沟通记录。记录下一次电话、消息或拜访。
negotiation-channel = 方式
negotiation-contact = 联系人
negotiation-channel-call = 电话
negotiation-channel-wechat = 微信
negotiation-channel-email = 电子邮件
negotiation-channel-meeting = 线上会议
negotiation-channel-visit = 拜访
negotiation-channel-other = 其他
negotiation-log-touch = 记录沟通
negotiation-touch-logged = 沟通已记录
negotiation-touch-hint = 沟通结果
negotiation-touch-day = 日期
negotiation-touch-time = 时间
negotiation-touch-two-way = 对方有回应
negotiation-nobody = 不指定

negotiation-quotes = 最近报价单
negotiation-quotes-empty = 该客户还没有报价单。
negotiation-quote = 报价单
negotiation-net = 成交价
negotiation-currency = 币种

negotiation-closing = 收尾确认
negotiation-closing-help = 按客户语言生成的草稿：事项、时间、联系人。复制到邮件或聊天中；系统不会自动发送。
negotiation-closing-button = 起草确认
negotiation-closing-subject = { $account }：我们商定的事项
negotiation-closing-hello = { $name }，您好：
negotiation-closing-hello-all = { $account } 团队，您好：
negotiation-closing-intro = 感谢您抽时间沟通。我们将完成以下事项：
negotiation-closing-line = { $number }. { $what }；完成时间：{ $when }；联系人：{ $contact }
negotiation-closing-ask = 如有遗漏或与您的理解不一致，请告诉我们，我们会更正。
