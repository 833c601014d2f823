"""What a seller of this size needs next and what its category is glad to read; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lib.growth.rules import Limits
from lib.segments.rules import tier_by_sales
from lib.words import parts

STAGES = {"basic": "junior", "premium": "middle", "enterprise": "senior"}  # by the level that fits


@dataclass(frozen=True)
class Advice:
    """`stage` with its `needs`, each a text by language, and `sales_minor` a month that say so; `content`
    for the category. What is not known is None or empty."""

    industry: str | None = None
    currency: str = "USD"
    sales_minor: int | None = None
    stage: Mapping[str, str] | None = None
    needs: Mapping[str, str] | None = None
    content: tuple[Mapping[str, str], ...] = ()


def advise(
    industry: str | None, sales_minor: int | None, currency: str, digits: int, limits: Limits,
    growth: Mapping[str, Any],
) -> Advice:  # fmt: skip
    """From the stages and contents of the policy document "growth" (S2-13, S2-20)."""
    code = stage_of(sales_minor, currency, digits, limits)
    held = growth["stages"].get(code) if code else None
    return Advice(
        industry, currency, sales_minor if held else None,
        _both(held, "en", "zh") if held else None,
        _both(held, "needs_en", "needs_zh") if held else None,
        tuple(_both(entry, "en", "zh") for entry in growth["content"].values() if _is_of(industry, entry)),
    )  # fmt: skip


def stage_of(sales_minor: int | None, currency: str, digits: int, limits: Limits) -> str | None:
    """Junior below the monthly sales that Premium fits from, senior above those only Enterprise fits (S2-10
    to S2-12), middle between; None where sales or the currency's rate are not known."""
    rate = limits.rates.get(currency)
    if not sales_minor or rate is None:
        return None
    sales = Decimal(sales_minor).scaleb(-digits) * rate
    return STAGES[tier_by_sales(sales, limits.premium_from, limits.enterprise_above)]


def _is_of(industry: str | None, entry: Mapping[str, str]) -> bool:
    return (industry or "").strip().casefold() in {name.casefold() for name in parts(entry["matches"])}


def _both(held: Mapping[str, str], en: str, zh: str) -> dict[str, str]:
    return {"en": held[en], "zh-CN": held[zh]}
