"""What suits a customer's stage and category: at the edges, in both languages; silent otherwise."""

import pytest

from lib.growth import phrases, queries
from lib.growth.advice import advise
from lib.growth.rules import Limits
from lib.store import policy
from tests import make
from tests.growth.test_rules import LIMITS

GROWTH = policy.shipped()["growth"]


def advised(industry: str | None = None, sales: int | None = None, currency: str = "USD", digits: int = 2,
            limits: Limits = LIMITS):  # noqa: ANN201 - an Advice  # fmt: skip
    return advise(industry, sales, currency, digits, limits, GROWTH)


@pytest.mark.parametrize(
    ("sales", "currency", "digits", "stage"),
    [
        (999_999, "USD", 2, "Junior"), (1_000_000, "USD", 2, "Middle"), (10_000_000, "USD", 2, "Middle"),
        (10_000_001, "USD", 2, "Senior"), (71_428_572, "CNY", 2, "Senior"), (1_492_538, "JPY", 0, "Middle"),
        (0, "USD", 2, None), (None, "USD", 2, None), (1_000_000, "XXX", 2, None),
    ],
)  # fmt: skip
def test_the_stage_follows_from_the_sales_a_month_in_usd(sales, currency, digits, stage) -> None:
    found = advised(None, sales, currency, digits)

    assert (found.stage or {}).get("en") == stage
    assert (found.needs is None) == (stage is None)


@pytest.mark.parametrize(
    ("industry", "content"),
    [("home", ["物流与安装建议"]), ("家具", ["物流与安装建议"]), ("Fashion", ["流行趋势预测与视觉内容工具"]),
     ("toys", []), ("", []), (None, [])],
)  # fmt: skip
def test_a_category_gets_its_content(industry, content) -> None:
    assert [text["zh-CN"] for text in advised(industry).content] == content


def test_the_account_page_says_it_in_both_languages_to_whoever_may_see_the_account(
    embedded, manager, other_manager
) -> None:
    account_id = make.account(owner=manager.person_id, industry="fashion", currency="USD",
                              monthly_sales_minor=4_500_000, annual_revenue_minor=1)  # fmt: skip

    found = queries.advice(manager, account_id)

    assert phrases.advised(found, "en") == [
        ("Middle seller, $45,000 a month: needs", "inventory, ad efficiency, competitor monitoring"),
        ("Content for fashion", "trend forecast and visual content tools"),
    ]
    assert phrases.advised(found, "zh-CN")[0] == (
        "中级卖家（月销售额 US$45,000）需要",
        "库存管理、广告效率、竞品监控",
    )
    assert phrases.advised(queries.advice(other_manager, account_id), "en") == []
