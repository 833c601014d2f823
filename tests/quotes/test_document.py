"""The paper: read back as text, in both languages, draft and issued, with nothing internal in it."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from lib.errors import Invalid
from lib.pricing.commands import shipped_books
from lib.pricing.terms import read_terms
from lib.quotes import document, snapshot
from lib.quotes.approvals import read_guardrails
from lib.quotes.chinese_amount import yuan_in_words
from lib.quotes.evaluation import Basis, evaluate
from lib.quotes.rules import read_form
from lib.store import policy
from tests import make

LINES = [
    make.quote_line("enterprise"), make.quote_line("seats", 120, "0.05"),
    make.quote_line("transactions", 1500), make.quote_line("value_hours", 100),
    make.quote_line("person_days", "12.5"), make.quote_line("gold_escort"),
]  # fmt: skip
CUSTOMER = {
    "names": {"en": "Shenzhen Lumora Home Co., Ltd.", "zh-CN": "深圳市鹿茉家居有限公司"},
    "place": "Shenzhen, China", "contact": "王涛，采购总监", "email": "wang.tao@lumora.example", "phone": "",
}  # fmt: skip


def basis(currency: str) -> Basis:
    book = next(b for b in shipped_books() if b.code == "saas" and b.currency == currency)
    rules, pricing = policy.shipped()["quotes"], policy.shipped()["pricing"]
    return Basis(1, book.code, 1, book.name_en, book.name_zh, currency, {i.code: i for i in book.items},
                 read_terms(pricing), read_guardrails(rules), 180, 14, rules["tax"], "QT")  # fmt: skip


def paper_of(
    language: str = "bilingual", currency: str = "CNY", *, issued: bool = True, lines: list | None = None,
    customer: dict[str, Any] = CUSTOMER, **over: Any,
) -> dict[str, Any]:  # fmt: skip
    found = basis(currency)
    values = make.quote_form(term_months=24, prepaid=True, discount="0.045", language=language)
    form = read_form(values | over, LINES if lines is None else lines, found.items,
                     months=found.terms.months, today=date(2026, 11, 20), longest_days=180)  # fmt: skip
    result = evaluate(form, found, 1)
    at = "2026-11-20T02:00:00+00:00"
    heading = snapshot.Heading(
        number="QT-2026-0042" if issued else None, revision=2, zone="Asia/Shanghai", hash=result.hash,
        replaces={"revision": 1, "issued_on": "2026-11-12"}, issued_at=at if issued else None, saved_at=at,
        supplier={"names": {"en": "Harbourline Systems", "zh-CN": "海岸线软件"}, "contact": "Lin Wei"},
        customer=customer,
        approvals=[{"decision": "approved", "person": "Ada Łukasz", "role": "leadership", "at": at}],
    )  # fmt: skip
    return snapshot.build(form, result.priced, found, heading)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def texts(value: Any) -> Iterator[str]:
    """Every text of a layout, however deep; sums carried forward stand at the end of a page only."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from () if name == "carried" else texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize(("language", "currency"), [("en", "USD"), ("zh-CN", "CNY"), ("bilingual", "CNY")])
def test_every_text_on_the_paper_can_be_read_back(language: str, currency: str) -> None:
    frozen = paper_of(language, currency)
    whole = bare("".join(pages(document.render(frozen))))
    layout = document.Paper(frozen).layout()
    layout["foot"] = layout["foot"][:1]
    for name in ("draft_box", "draft_word", "lang", "date", "page", "seal"):
        layout.pop(name)

    assert [text for text in texts(layout) if bare(text) not in whole] == []


def test_names_amounts_and_words_are_on_the_paper() -> None:
    frozen = paper_of()

    text = "".join(pages(document.render(frozen)))

    assert "深圳市鹿茉家居有限公司" in bare(text)
    assert "Shenzhen Lumora Home Co., Ltd." in text
    assert "QT-2026-0042" in text and "Ada Łukasz" in text
    assert bare(yuan_in_words(frozen["total_minor"])) in bare(text)
    assert "6%" in text and "4 Dec 2026" in text and "2026年12月4日" in text


def test_parts_add_up_to_the_totals_on_the_paper() -> None:
    frozen = paper_of()

    assert sum(line["net_minor"] for line in frozen["lines"]) == frozen["net_minor"]
    assert sum(year["net_minor"] for year in frozen["years"]) == frozen["net_minor"]
    assert sum(part["amount_minor"] for part in frozen["payments"]) == frozen["total_minor"]
    assert frozen["net_minor"] + frozen["tax_minor"] == frozen["total_minor"]


@pytest.mark.parametrize("language", ["en", "zh-CN", "bilingual"])
def test_a_draft_says_so_on_every_page_and_an_issued_quote_on_none(language: str) -> None:
    word = {"en": "DRAFT: not an offer", "zh-CN": "草稿：不构成要约"}.get(language, "DRAFT: not an offer")
    lines = LINES * 5

    drafted = pages(document.render(paper_of(language, issued=False, lines=lines)))
    issued = pages(document.render(paper_of(language, lines=lines)))

    assert all(bare(word) in bare(page) for page in drafted)
    assert not any("DRAFT" in page or "草稿" in page for page in issued)
    assert not any("QT-2026" in page for page in drafted)


@pytest.mark.parametrize("count", [1, 30, 500])
def test_pages_are_counted_and_the_signature_stays_with_the_approval(count: int) -> None:
    found = pages(document.render(paper_of("en", "USD", lines=[make.quote_line("api")] * count)))

    assert [f"Page {n} of {len(found)}" in page for n, page in enumerate(found, 1)] == [True] * len(found)
    assert "Approval" in found[-1] and "Signature" in found[-1]
    assert sum("Carried forward" in page for page in found) == sum("Item" in page for page in found) - 1


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    """Also after a trip through the store's JSON."""
    frozen = paper_of()

    again = document.render(json.loads(json.dumps(frozen)))

    assert document.render(frozen) == again


@pytest.mark.acceptance("C36")
def test_a_sent_paper_holds_no_cost_margin_floor_or_rule() -> None:
    frozen = paper_of("en", "USD")
    text = "".join(pages(document.render(frozen))).lower()

    keys = json.dumps(frozen).lower()
    for word in ("cost", "margin", "floor", "guardrail", "justification", "d-20", "d-30", "m-15"):
        assert word not in text
        assert f'"{word}' not in keys
    assert "420" not in {line["list_price"] for line in frozen["lines"]}  # the unit cost of the first line


@pytest.mark.parametrize(
    "name", ["Żółć & Søn A/S", "Öğretmen Çağ", "<b>Bold</b> {{x}} #set $1 *a* _b_ @c", "=1+1"]
)
def test_hostile_and_foreign_names_are_printed_literally(name: str) -> None:
    customer = CUSTOMER | {"names": {"en": name, "zh-CN": name}}

    text = "".join(pages(document.render(paper_of("en", "USD", customer=customer))))

    assert bare(name) in bare(text)


@pytest.mark.parametrize("name", ["Shop 🛒", "𠮷野家", "한국상점"])
def test_characters_without_a_glyph_are_named(name: str) -> None:
    customer = CUSTOMER | {"names": {"en": name, "zh-CN": name}}

    with pytest.raises(Invalid) as refusal:
        document.render(paper_of("en", "USD", customer=customer))

    assert refusal.value.code == "quote_character"
    assert refusal.value.values["characters"][0] in name


def test_only_our_fonts_are_embedded_and_the_paper_is_tagged() -> None:
    reader = PdfReader(io.BytesIO(document.render(paper_of())))

    names = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert all(name.startswith(("NotoSansSC", "DejaVuSans")) for name in names)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.acceptance("C38")
def test_regional_rights_stand_on_the_quote_at_no_price() -> None:
    frozen = paper_of("en", "USD", lines=[make.quote_line("basic"), make.quote_line("region_rights")])

    text = "".join(pages(document.render(frozen)))

    assert "Regional package" in text
    assert frozen["lines"][1]["net_minor"] == 0


def test_the_steps_explain_a_line() -> None:
    frozen = paper_of("en", "USD", lines=[make.quote_line("seats", 120, Decimal("0.05"))])

    text = " ".join("".join(pages(document.render(frozen))).split())

    assert "For 24 months, volume price from 50: −10.0%, term of 24 months: −19.0%" in text
    assert "prepaid: −10.0%, on this line: −5.0%, on the quote: −4.5%." in text
