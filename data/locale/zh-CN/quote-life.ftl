quotes-accept-late = 逾期接受
quotes-accept-late-done = 合同已生成
quotes-accept-send = 登记并生成合同
quotes-accept-late-send = 登记并生成合同
quotes-late-reason = 有效期后仍接受的原因
quotes-proof-kind = 接受凭证
quotes-proof-signed-file = 签署文件
quotes-proof-order-number = 订单编号
quotes-proof-email = 邮件编号
quotes-proof-file = 签署文件：PDF、PNG 或 JPEG，不超过 { $limit } MB
quotes-proof-signer = 客户方确认人
quotes-proof-day = 确认日期
quotes-proof = { $kind }：{ $signer }，{ $day }。由{ $by }登记，{ $at }。
quotes-proof-reference-of = 编号 { $reference }。
quotes-proof-late = 逾期接受：{ $reason }
quotes-proof-download = 下载凭证 { $hash }
quotes-proof-add = 补充凭证
quotes-proof-add-send = 保存凭证
quotes-proof-added = 凭证已保存
quotes-proofs = 接受凭证
quotes-proofs-caption = 对应已接受的第 { $revision } 版
quotes-way-title = 送达进度
quotes-way-caption = 首次时间
quotes-step-sent = 已发送
quotes-step-opened = 已打开
quotes-step-viewed = 已查看
quotes-step-accepted = 已接受
quotes-step-declined = 已拒绝
quotes-source-desk = 本系统
quotes-source-hand = 人工
quotes-source-file = 导入文件
quotes-source-webhook = 签署工具
quotes-event = { $at }：{ $what }，第 { $revision } 版，来源：{ $by }。
quotes-tell = 登记客户已看
quotes-tell-kind = 客户动作
quotes-tell-note = 如何得知
quotes-tell-save = 登记
quotes-tell-done = 已登记
quotes-task-second-offer = 提出二次报价：“{ $quote }”已查看但未接受
quotes-task-quote-answer = 登记客户答复并附凭证：{ $quote }
quotes-compare = 版本对比
quotes-compare-caption = 对客户而言的变化
quotes-compare-old = 此版本
quotes-compare-new = 对比版本
quotes-compare-only = 只看差异
quotes-compare-none = 两个版本内容相同。
quotes-compare-terms-none = 条款与合计相同。
quotes-compare-lines-none = 各行相同。
quotes-compare-what = 条款
quotes-compare-change = 变化
quotes-compare-state = 明细行
quotes-compare-quantity = 数量（{ $version }）
quotes-compare-net = 净额（{ $version }）
quotes-compare-title = 主题
quotes-compare-language = 单据语言
quotes-compare-valid-until = 有效期至
quotes-compare-starts-on = 开始日期
quotes-compare-ends-on = 结束日期
quotes-compare-months = 合同期
quotes-compare-prepaid = 预付
quotes-compare-currency = 币种
quotes-compare-book = 价目表
quotes-compare-payments = 付款期数
quotes-compare-list-minor = 标准价合计
quotes-compare-discount = 优惠幅度
quotes-compare-net-minor = 合同期净额
quotes-compare-tax-minor = 税额
quotes-compare-total-minor = 合计
quotes-compare-arr-minor = ARR
quotes-state-added = 新增
quotes-state-removed = 移除
quotes-state-changed = 变更
quotes-state-same = 相同
quotes-yes = 是
quotes-no = 否
error-quote-not-late = 未接受。报价单在 { $date } 结束前仍有效，请按正常方式登记接受。
error-quote-not-out = 未登记。报价单尚未发给客户（状态：{ $status }）。
error-evidence-kind = 未接受。请选择接受凭证的类型。
error-evidence-signer = 未接受。请填写客户方确认人，不超过 { $limit } 个字符。
error-evidence-day = 未接受。确认日期须在发出日（{ $first }）与今天（{ $last }）之间。
error-evidence-reference = 未接受。请填写订单编号或邮件编号，不超过 { $limit } 个字符。
error-evidence-file = 未接受。请选择签署文件。
error-evidence-size = 未接受。文件超过 { $limit } MB。
error-evidence-type = 未接受。文件不是完整的 PDF，也不是 PNG 或 JPEG 图片。以文件内容为准，不看文件名。
error-evidence-not-accepted = 未保存。只有已接受的报价单可以补充凭证（状态：{ $status }）。
error-quote-event-kind = 未登记。客户动作只能是打开、查看、接受或拒绝。
error-quote-event-number = 未登记。请提供报价单编号。
error-quote-event-id = 未登记。请为事件提供不超过 { $limit } 个字符的编号。
error-quote-event-revision = 未登记。版本须为整数。
error-quote-event-time = 未登记。时间须带时区，例如 2026-11-29T10:15:00+08:00，且不得晚于现在。
error-quote-event-known = 未重复登记。事件 { $id } 已登记过。
compliance-check-characters = 字体无法打印 { $characters }。请选择单据上的替代文字。
compliance-form-characters = 替换字符
compliance-form-characters-save = 在单据上替换
compliance-form-characters-done = 单据字符已替换
compliance-characters-of = 代替 { $character }
error-quote-substitute = 未保存。替代文字最多 { $limit } 个字符，且须可打印。
quotes-mail = 邮件
quotes-mail-to = 收件人：
quotes-mail-subject = 报价单 { $number }：{ $title }
quotes-mail-text = 尊敬的{ $contact }：

    附件为我方报价单 { $number }（{ $title }），请查收。

    合计：{ $total }
    有效期至 { $day } 24:00（{ $zone }）

    如确认接受，请寄回签署件，或发送订单并注明订单编号。

    此致
    敬礼

    { $seller }
    { $company }
quotes-mail-file = 下载邮件文件
quotes-mail-send = 立即发送
quotes-mail-sent = 已发送给客户
quotes-mail-waiting = 上一封邮件尚未发出。
quotes-mail-sending = 上一封邮件是否送达未知，请确认后再重发。
quotes-mail-failed = 上一封邮件未能发出。
quotes-events-import = 导入事件
quotes-events-caption = 邮件或签署工具导出的 CSV：id、number、kind、happened_at；可含 revision 与 note
quotes-events-file = 事件文件，不超过 { $limit } kB
quotes-events-found = 可保存 { $good } 条事件，{ $known } 条已登记，{ $bad } 条有问题。
quotes-events-line = 第 { $line } 行：{ $reason }
quotes-events-run = 保存 { $count } 条事件
quotes-events-done = 事件已保存
error-quote-mail-address = 未发送。收件人邮箱地址无效，请在联系人处更正。
error-quote-mail-nobody = 客户方没有联系人填写邮箱，请先补充。
error-quote-mail-unset = 未发送。尚未设置邮件服务器（VIP_DESK_QUOTE_SMTP），请下载邮件文件。
error-quote-mail-failed = 未发送。邮件服务器拒绝或无响应（{ $outcome }），请重试或下载邮件文件。
error-events-file-size = 未读取。文件超过 { $limit } kB。
error-events-file-text = 未读取。文件不是 UTF-8 编码的 CSV 文本。
error-events-file-header = 未读取。首行须包含 id、number、kind 与 happened_at 列。
error-events-file-rows = 未读取。文件超过 { $limit } 行。
quotes-events-counted = 已保存 { $stored } 条，已登记过 { $known } 条，{ $refused } 条不属于您可见的报价单。
error-quote-event-json = 未登记。内容须为一个由简单值组成的 JSON 对象。
quotes-mail-over = 报价单已过有效期，请先建立新版本。
