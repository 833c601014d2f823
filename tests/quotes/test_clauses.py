"""Which clauses count as not standard, and when fewer of them keep an approval."""

import json

import pytest

from lib.quotes.clauses import CLAUSES, clause_of, fewer, not_standard

STANDARD = ("upgrade", "downgrade")
UPGRADE, DOWNGRADE, EXIT = (clause_of(code) for code in CLAUSES[:3])


@pytest.mark.parametrize(
    ("held", "count"),
    [
        ((), 0), ((UPGRADE, DOWNGRADE), 0), ((EXIT,), 1), ((UPGRADE, EXIT), 1),
        ((UPGRADE | {"text_en": "The customer may leave any day."},), 1),
        ((UPGRADE | {"days": 5},), 1), (({"text_en": "Liability without a limit."},), 1),
        (({"code": "liability", "text_en": "Without a limit."}, DOWNGRADE), 1),
    ],
)  # fmt: skip
def test_only_another_clause_or_other_words_are_not_standard(held, count) -> None:
    assert not_standard(held, STANDARD) == count


def test_a_code_the_desk_has_no_words_for_is_never_standard() -> None:
    assert not_standard(({"code": "liability"},), ("liability",)) == 1


def text(*held: dict) -> str:
    return json.dumps(held, sort_keys=True, ensure_ascii=False)


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        ((UPGRADE, EXIT), (UPGRADE,), True), ((UPGRADE, EXIT), (EXIT, UPGRADE), True),
        ((UPGRADE,), (UPGRADE, EXIT), False), ((EXIT,), (EXIT | {"text_en": "Any day."},), False),
        ((), (EXIT,), False), ((EXIT,), (), True),
    ],
)  # fmt: skip
def test_giving_up_a_clause_is_better_for_us_and_any_other_word_is_another_clause(old, new, holds) -> None:
    assert fewer(text(*old), text(*new)) is holds


def test_a_content_that_is_no_list_is_compared_as_it_is() -> None:
    assert fewer("x", "x") and not fewer("x", "y") and fewer("5", "5") and not fewer("[]", "5")
