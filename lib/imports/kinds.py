"""The table of kinds: what can be imported, field by field, and into which table it goes. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from lib.imports.fields import (
    CURRENCY_WORDS,
    Field,
    account,
    choice,
    currency,
    day,
    decimal,
    flag,
    instant,
    key,
    long,
    money,
    ref,
    text,
    whole,
)
from lib.money import CURRENCIES


@dataclass(frozen=True)
class Kind:
    """One kind of file. `key` are the store's columns that identify a row; `append_only` rows never change;
    `whole_file` kinds refer to rows of their own file and are read at once."""

    name: str
    table: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ("external_id",)
    append_only: bool = False
    whole_file: bool = False
    any_of: tuple[str, ...] = ()  # at least one of these fields must be mapped

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)

    @property
    def has_money(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields if f.type == "money")

    def in_row_currency(self, mapped: Collection[str]) -> tuple[str, ...]:
        """The mapped amounts that bring no currency of their own beside them."""
        return tuple(n for n in self.has_money if n in mapped and f"{n}_currency" not in mapped)


_STATUS = (("customer", "active"), ("live", "active"), ("正常", "active"), ("试用", "trial"),
    ("暂停", "paused"),
           ("流失", "churned"), ("lost", "churned"), ("left", "churned"))  # fmt: skip
_BILLING = ("monthly", "quarterly", "half_year", "annual", "multi_year")
_BILLING_WORDS = (("month", "monthly"), ("1", "monthly"), ("quarter", "quarterly"), ("3", "quarterly"),
                  ("6", "half_year"), ("semiannual", "half_year"), ("yearly", "annual"), ("year", "annual"),
                  ("12", "annual"), ("月付", "monthly"), ("季付", "quarterly"),
                  ("年付", "annual"))  # fmt: skip
_CHANNELS = ("call", "wechat", "email", "meeting", "visit", "other")
_CHANNEL_WORDS = (("phone", "call"), ("tel", "call"), ("mail", "email"), ("e-mail", "email"),
    ("微信", "wechat"),
                  ("电话", "call"), ("邮件", "email"), ("会议", "meeting"), ("拜访", "visit"))  # fmt: skip
_LANGUAGES = (("zh", "zh-CN"), ("中文", "zh-CN"), ("chinese", "zh-CN"), ("english", "en"), ("英文", "en"))
_START = ("start_date", "start", "from", "开始日期", "起始日期")
_END = ("end_date", "end", "to", "结束日期", "到期日")

_KINDS = (
    Kind("people", "person", (
        key("person_id", "owner_id", "employee_id", "sales_agent", "agent", "工号"),
        text("name", "full_name", "姓名", required=True),
        text("name_zh", "chinese_name", "中文名"),
        text("email", "mail", "邮箱"),
        text("team", "regional_office", "office", "department", "团队", "部门"),
        ref("manager", "people", "manager_id", "reports_to", "上级", firm=False),
        choice("role", ("account_manager", "sales", "leadership"), "角色", column="",
               words=(("am", "account_manager"), ("客户经理", "account_manager"), ("销售", "sales"))),
        choice("language", ("en", "zh-CN"), "语言", words=_LANGUAGES),
        flag("active"),
    ), whole_file=True),
    Kind("accounts", "account", (
        key("account_id", "account_key", "id", "company_id", "code", "客户编号"),
        text("name", "account_name", "account", "company", "company_name", "客户名称", "客户", required=True),
        text("name_zh", "chinese_name", "中文名称"),
        text("legal_name", "registered_name", "法定名称"),
        ref("parent", "accounts", "parent_id", "subsidiary_of", "parent_account", "母公司", firm=False),
        choice("status", ("active", "trial", "paused", "churned"), "状态", words=_STATUS),
        flag("is_vip", "vip"),
        text("tier", "segment", "等级", longest=64),
        text("plan", "plan_tier", "套餐", longest=64),
        text("region", "地区", longest=64),
        text("country", "国家", longest=64),
        text("city", "城市"),
        text("industry", "sector", "vertical", "行业", longest=64),
        text("domain", "website", "域名"),
        text("source_channel", "referral_source", "channel", "来源", longest=64),
        choice("language", ("en", "zh-CN"), "语言", words=_LANGUAGES),
        currency(),
        whole("seats", "席位"),
        whole("employees", "headcount", "员工数"),
        money("annual_revenue", "revenue", "年营收"),
        money("stated_arr", "arr", "年度经常性收入"),
        day("signed_up_on", "signup_date", "sign_up_date", "customer_since", "created_on", "签约日期"),
        money("monthly_sales", "月销售额"),
        money("funding", "total_funding", "total_funding_usd", "融资总额"),
        choice("funding_currency", CURRENCIES, "融资币种", words=CURRENCY_WORDS),
        text("funding_source", "融资来源"),
        day("funding_on", "funding_date", "融资日期"),
        whole("following", "followers", "关注者数", most=1_000_000_000),
        ref("owner", "people", "owner_id", "am_id", "account_manager", "客户经理", firm=False),
        ref("backup", "people", "backup_id", "备份客户经理", firm=False),
        ref("sales", "people", "sales_id", "sales_rep", "销售", firm=False),
    ), whole_file=True),
    Kind("contacts", "contact", (
        key("contact_id", "id", "联系人编号"), account(),
        text("name", "contact_name", "full_name", "姓名", required=True), text("title", "job_title", "职务"),
        text("email", "mail", "邮箱"), text("phone", "mobile", "电话", longest=64),
        choice("language", ("en", "zh-CN"), "语言", words=_LANGUAGES),
        flag("is_sponsor", "sponsor"), flag("active"),
    )),
    Kind("contracts", "contract", (
        key("contract_id", "contract_number", "合同编号"), account(),
        text("product_line", "产品线"),
        choice("kind", ("fixed", "evergreen", "month_to_month", "ended"), "contract_type", "类型"),
        day("starts_on", *_START, required=True), day("ends_on", *_END),
        whole("notice_days", "notice_period_days", "通知期", most=730),
        flag("auto_renews", "auto_renew", "自动续约"), currency(),
        money("arr", "annual_value", required=True),
        whole("seats", "席位"), day("signed_on", "signed_date", "签署日期"),
    )),
    Kind("subscriptions", "subscription", (
        key("subscription_id", "订阅编号"), account(), text("product", "产品"),
        text("product_line", "产品线"),
        text("plan", "plan_tier", "套餐", longest=64),
        day("starts_on", *_START, required=True), day("ends_on", *_END),
        whole("seats", "quantity", "席位"), currency(),
        money("mrr", "mrr_amount", "月经常性收入", required=True),
        money("arr", "arr_amount"), decimal("discount", "优惠", most=1),
        choice("billing", _BILLING, "billing_frequency", "bill_period_months", "付款周期",
            words=_BILLING_WORDS),
        flag("auto_renews", "auto_renew", "auto_renew_flag"), flag("is_trial", "trial"),
        flag("upgraded", "upgrade_flag"), flag("downgraded", "downgrade_flag"), flag("churned", "churn_flag"),
    )),
    Kind("invoices", "invoice", (
        key("invoice_id", "invoice_number", "发票号"), account(),
        day("issued_on", "invoice_date", "issue_date", "date", "开票日期", required=True),
        day("due_on", "due_date", "应付日期"), currency(),
        money("amount", "total", "invoice_amount", "金额", required=True, signed=True),
        choice("status", ("open", "paid", "void"), "状态", words=(("unpaid", "open"), ("cancelled", "void"))),
    )),
    Kind("payments", "payment", (
        key("payment_id", "付款编号"), ref("invoice", "invoices", "invoice_id", "invoice_number", "发票号",
                                       required=True),
        day("paid_on", "payment_date", "date", "付款日期", required=True), currency(),
        money("amount", "paid", "payment_amount", "金额", required=True, signed=True),
    )),
    Kind("users", "seat_user", (
        key("user_id", "用户编号"), account(), text("name", "user_name", "姓名"),
        text("role", "角色", longest=64),
        choice("kind", ("human", "service"), "user_type", "类型",
               words=(("person", "human"), ("bot", "service"), ("api", "service"),
                   ("integration", "service"))),
        day("created_on", "created_at", "created", "创建日期"),
    )),
    Kind("activity", "user_day", (
        ref("user", "users", "user_id", "用户编号"), account(required=False),
        day("day", "date", "activity_date", "日期", required=True),
        whole("events", "event_count", "count", "事件数"), whole("active_users", "users", "活跃用户数"),
    ), key=("user_id", "day"), any_of=("user", "account")),
    Kind("feature_usage", "feature_day", (
        key("usage_id"), ref("subscription", "subscriptions", "subscription_id"), account(required=False),
        day("day", "usage_date", "date", "week_start", "日期", required=True),
        text("feature", "feature_name", "event_type", "功能", required=True),
        whole("uses", "usage_count", "events", "count", "次数"),
        whole("seconds", "usage_duration_secs", "duration_seconds", most=2**31 - 1),
        whole("errors", "error_count"), flag("is_beta", "is_beta_feature"),
    ), any_of=("subscription", "account")),
    Kind("tickets", "service_case", (
        key("ticket_id", "case_id", "id", "工单编号"), account(required=False),
        text("subject", "title", "主题", longest=1000), text("category", "类别", longest=64),
        text("priority", "优先级", longest=16), text("channel", "渠道", longest=16),
        instant("opened_at", "submitted_at", "created_at", "创建时间", required=True),
        instant("closed_at", "resolved_at", "关闭时间"),
        whole("first_response_minutes", "first_response_time_minutes"),
        decimal("resolution_hours", "resolution_time_hours"),
        decimal("satisfaction", "satisfaction_score", "csat", most=5), flag("escalated", "escalation_flag"),
        whole("reopened", "reopen_count", most=1000),
    )),
    Kind("surveys", "survey", (
        key("survey_id", "response_id", "id"), account(),
        ref("contact", "contacts", "contact_id", firm=False),
        choice("kind", ("nps", "csat"), "survey_type", "类型", required=True),
        decimal("score", "rating", "评分", most=10, required=True), long("comment", "feedback", "评论"),
        instant("answered_at", "submitted_at", "date", "回答时间", required=True),
    )),
    Kind("touches", "touch", (
        key("touch_id", "engagement_id", "id"), account(),
        ref("contact", "contacts", "contact_id", firm=False),
        ref("person", "people", "person_id", "owner_id", "by", firm=False),
        choice("channel", _CHANNELS, "type", "渠道", words=_CHANNEL_WORDS, required=True),
        instant("happened_at", "date", "timestamp", "start_time", "时间", required=True),
        long("summary", "text", "subject", "notes", "body", "摘要", required=True),
        flag("two_way", "replied"),
    ), append_only=True),
    Kind("notes", "note", (
        key("note_id", "engagement_id", "id"), account(), ref("author", "people", "author_id", "owner_id",
                                                           firm=False),
        instant("written_at", "date", "created_at", "timestamp", "时间", required=True),
        long("text", "note", "body", "内容", required=True), flag("shared"),
    ), append_only=True),
    Kind("opportunities", "opportunity", (
        key("opportunity_id", "deal_id", "id"), account(required=False),
        ref("person", "people", "sales_agent", "owner_id", "owner", firm=False), text("product", "产品"),
        text("stage", "deal_stage", "阶段", longest=64, required=True),
        day("engaged_on", "engage_date", "created_date"), day("closed_on", "close_date", "closing_date"),
        currency(), money("value", "close_value", "amount", "金额"),
    )),
    Kind("entitlements", "entitlement", (
        key("entitlement_id", "权益编号"), account(),
        text("item", "entitlement", "benefit", "权益", required=True), text("unit", "单位", longest=64),
        whole("included", "granted", "quota", "含量"), whole("consumed", "used", "已用"),
        day("starts_on", *_START), day("expires_on", "expires", "valid_until", "最后一天"),
    )),
    Kind("churn_events", "churn_event", (
        key("churn_event_id", "event_id", "id"), account(),
        day("happened_on", "churn_date", "date", "流失日期", required=True),
        text("reason", "reason_code", "流失原因", longest=64), currency(),
        money("refund", "refund_amount_usd", "refund_amount"), flag("is_reactivation", "reactivation"),
        long("comment", "feedback_text", "feedback", "备注"),
    )),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS}
