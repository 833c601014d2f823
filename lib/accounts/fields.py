"""What may be typed into an account or a contact: one table of fields, one function that checks a value."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from typing import Any, Literal

from lib.errors import Invalid
from lib.money import CURRENCIES, MINOR_MAX, parse_decimal, to_minor
from lib.teams.zones import CHOICES as ZONES

Kind = Literal["text", "paragraph", "choice", "many", "whole", "day", "flag", "money"]

_DOMAIN = r"[^\s/@:.]+(\.[^\s/@:.]+)+"
_EMAIL = r"[^\s@<>()\[\],;:\\\"]+@[^\s/@:.]+(\.[^\s/@:.]+)+"
_PHONE = r"\+?[0-9 ()./-]{3,40}"
# Bidirectional controls reorder what follows them; line and paragraph separators break papers.
_REFUSED = frozenset(
    map(chr, (0x200B, 0x200E, 0x200F, 0xFEFF, *range(0x2028, 0x202F), *range(0x2066, 0x206A)))
)
EARLIEST, LATEST = date(1970, 1, 1), date(2200, 1, 1)
WHOLE_MAX = 10_000_000


@dataclass(frozen=True)
class Field:
    """One field of a form: the column it fills, its kind and its limits."""

    name: str
    kind: Kind = "text"
    longest: int = 255
    required: bool = False
    pattern: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What a drawer asks for and the act that takes the answer, as typed. `name` is the message id of title
    and button, filled with `told`, `done` of the toast; `names` words choices by code; `intro` stands above
    the fields."""

    name: str
    done: str
    fields: tuple[Field, ...]
    values: Mapping[str, Any]
    act: Callable[[dict[str, Any]], Any]
    names: Mapping[str, str] = default(default_factory=dict)
    told: Mapping[str, Any] = default(default_factory=dict)
    intro: str = ""


ACCOUNT = (
    Field("name", required=True),
    Field("name_zh"),
    Field("legal_name"),
    Field("is_vip", "flag", required=True),
    Field("tier", longest=64),
    Field("plan", longest=64),
    Field("industry", longest=64),
    Field("region", longest=64),
    Field("country", longest=64),
    Field("city"),
    Field("zone", "choice", choices=ZONES),
    Field("domain", pattern=_DOMAIN),
    Field("language", "choice", required=True, choices=("en", "zh-CN")),
    Field("currency", "choice", required=True, choices=CURRENCIES),
    Field("seats", "whole"),
    Field("employees", "whole"),
    Field("stated_arr_minor", "money"),
    Field("annual_revenue_minor", "money"),
    Field("signed_up_on", "day"),
)
CONTACT = (
    Field("name", required=True),
    Field("kind", "choice", choices=("customer", "partner")),
    Field("title"),
    Field("email", pattern=_EMAIL),
    Field("phone", longest=64, pattern=_PHONE),
    Field("language", "choice", choices=("en", "zh-CN")),
    Field("is_sponsor", "flag", required=True),
    Field("active", "flag", required=True),
)
SAME_NAME = Field("same_name", "flag")
DUTY = Field("duty", "choice", required=True, choices=("owner", "backup"))
WHY = Field("reason", "paragraph", longest=4000)
# Forms of other wings that stand on the account's page; their commands check what they hold.
OUTREACH = (
    Field(
        "channel", "choice", required=True, choices=("call", "wechat", "email", "meeting", "visit", "other")
    ),
    Field("contact", "choice"),
    Field("summary", "paragraph", longest=2000),
    Field("day", "day"),
    Field("two_way", "flag"),
)
CHANNELS = OUTREACH[0].choices
NOTE = (Field("text", "paragraph", longest=10_000, required=True), Field("shared", "flag"))
MEETING = (
    Field("day", "day", required=True),
    Field(
        "channel", "choice", required=True, choices=("meeting", "visit", "call", "wechat", "email", "other")
    ),
    Field("contacts", "many"),
    Field("staff", "many"),
    Field("summary", "paragraph", longest=2000, required=True),
    Field("promises", "paragraph", longest=8000),
    Field("promised_for", "day"),
    Field("next_step", longest=500),
    Field("next_on", "day"),
)
CONTRACT = (
    Field("kind", "choice", required=True, choices=("fixed", "evergreen", "month_to_month", "ended")),
    Field("product_line"),
    Field("starts_on", "day"),
    Field("ends_on", "day"),
    Field("can_leave_on", "day"),
    Field("signed_on", "day"),
    Field("notice_days", "whole"),
    Field("auto_renews", "choice", choices=("yes", "no")),
    Field("currency", "choice", required=True, choices=CURRENCIES),
    Field("arr_minor", "money"),
    Field("seats", "whole"),
)
STATUS = Field("status", "choice", required=True, choices=("active", "trial", "paused", "churned"))
# Blocks of the account's page whose rows people write down, by table.
ITEMS: dict[str, tuple[Field, ...]] = {
    "entitlement": (
        Field("item", required=True),
        Field("unit", longest=64),
        Field("included", "whole"),
        Field("consumed", "whole"),
        Field("starts_on", "day"),
        Field("expires_on", "day"),
    ),
    "integration": (
        Field("name", required=True),
        Field(
            "category", "choice", required=True,
            choices=("payment", "logistics", "marketing", "analytics", "other"),
        ),
        Field("auth", "choice", required=True, choices=("oauth", "api_key", "other_way")),
        Field("keeper"),
        Field("rotates", "flag", required=True),
        Field("live", "flag", required=True),
    ),
    "department": (Field("name", required=True), Field("led_by"), Field("seats", "whole")),
    "customer_goal": (
        Field("what", "paragraph", longest=1000, required=True),
        Field("measure"),
        Field("target"),
        Field("due_on", "day"),
        Field("state", "choice", required=True, choices=("open", "reached", "missed", "dropped")),
    ),
    "roadmap_request": (
        Field("what", "paragraph", longest=1000, required=True),
        Field("due_on", "day"),
        Field(
            "state", "choice", required=True, choices=("asked", "planned", "promised", "shipped", "declined")
        ),
    ),
    "referral": (
        Field("name", required=True),
        Field("referred_on", "day", required=True),
        Field("state", "choice", required=True, choices=("invited", "talking", "won", "declined")),
        Field("points", "whole"),
    ),
    "team_role": (
        Field("person_id", "whole", required=True),
        Field(
            "role", "choice", required=True,
            choices=("engineer", "expert", "support", "administrator", "security", "trainer", "project"),
        ),
    ),
}  # fmt: skip
PROFILE = (
    Field("preferred_channel", "choice", choices=CHANNELS),
    Field("size_band", "choice", choices=("small", "medium", "large")),
    Field("market_risk", "choice", choices=("policy", "logistics", "currency", "demand")),
    Field("competitor"),
    Field("journey_pain", "paragraph", longest=1000),
    Field("bespoke", "paragraph", longest=2000),
)
TAGS = Field("tags", longest=400)
FIELDS: dict[str, tuple[Field, ...]] = {
    "account": ACCOUNT, "contact": CONTACT, "account_profile": PROFILE, **ITEMS,
}  # fmt: skip
_FORMS = FIELDS | {"contract": CONTRACT}
MONEY = tuple(f.name for f in ACCOUNT if f.kind == "money")


def clean(table: str, values: Mapping[str, object]) -> dict[str, object]:
    """The values as they may be stored. Raises Invalid naming the field and the limit; a field that is
    not in the table of fields (an id, a version, an owner) raises too, whoever sent it."""
    known = {field.name: field for field in FIELDS[table]}
    strangers = sorted(set(values) - set(known))
    if strangers:
        raise Invalid("field_not_open", field=strangers[0])
    return {name: check(known[name], value) for name, value in values.items()}


def check(field: Field, value: object) -> object:
    """One value, trimmed and typed. Empty text is no value."""
    if isinstance(value, str):
        value = plain_text(value, field)
    if value is None or value == "":
        if field.required:
            raise Invalid("field_missing", field=field.name)
        return None
    return _CHECKS[field.kind](field, value)


def plain_text(value: str, field: Field) -> str:
    """Trimmed and composed (NFC). Control and direction characters are refused, markup is just text."""
    text = unicodedata.normalize("NFC", value).strip()
    seen = text.replace("\r\n", "\n").replace("\n", "") if field.kind == "paragraph" else text
    if any(c in _REFUSED or unicodedata.category(c) in ("Cc", "Cs") for c in seen):
        raise Invalid("field_characters", field=field.name)
    return text


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str):
        raise Invalid("field_format", field=field.name)
    if len(value) > field.longest:
        raise Invalid("field_too_long", field=field.name, limit=field.longest)
    if field.pattern and not re.fullmatch(field.pattern, value):
        raise Invalid("field_format", field=field.name)
    return value


def _choice(field: Field, value: object) -> str:
    if value not in field.choices:
        raise Invalid("field_choice", field=field.name)
    return str(value)


def _whole(field: Field, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid("field_format", field=field.name)
    if not 0 <= value <= WHOLE_MAX:
        raise Invalid("field_range", field=field.name, low=0, high=WHOLE_MAX)
    return value


def _money(field: Field, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid("field_format", field=field.name)
    if not 0 <= value <= MINOR_MAX:
        raise Invalid("amount_too_large") if value > 0 else Invalid("field_negative", field=field.name)
    return value


def _day(field: Field, value: object) -> date:
    if type(value) is not date:
        raise Invalid("field_format", field=field.name)
    if not EARLIEST <= value < LATEST:
        raise Invalid("field_day_range", field=field.name)
    return value


def _flag(field: Field, value: object) -> bool:
    if not isinstance(value, bool):
        raise Invalid("field_format", field=field.name)
    return value


_CHECKS = {
    "text": _text,
    "paragraph": _text,
    "choice": _choice,
    "whole": _whole,
    "money": _money,
    "day": _day,
    "flag": _flag,
}


def from_form(table: str, raw: Mapping[str, object], currency: str) -> dict[str, object]:
    """What a form's widgets hold, as a command takes it: amounts arrive as text like 1234.50 and leave in
    minor units of `currency`. Raises Invalid for an amount nobody can read."""
    made = dict(raw)
    for field in _FORMS[table]:
        value = made.get(field.name)
        if field.kind == "money" and isinstance(value, str):
            made[field.name] = to_minor(parse_decimal(value), currency) if value.strip() else None
    if table == "contract":
        made["auto_renews"] = {"yes": True, "no": False}.get(made["auto_renews"])
    return made
