"""The closing confirmation."""

from datetime import date

import pytest

from lib.negotiation.draft import Agreed, closing_confirmation

AGREED = [
    Agreed("Draft contract", date(2026, 11, 23), "Lin Wei", "lin@example.com"),
    Agreed("Security answers", date(2026, 11, 21), "Chen Yu"),
]


def draft(language: str, addressee: str | None = "Wang Tao"):
    return closing_confirmation(
        language, account="Nordwave Audio", addressee=addressee, agreed=AGREED, sender="Lin Wei",
        company="Harbourline Systems",
    )  # fmt: skip


@pytest.mark.acceptance("C21")
@pytest.mark.parametrize(
    ("language", "when"),
    [("en", ("21 Nov 2026", "23 Nov 2026")), ("zh-CN", ("2026年11月21日", "2026年11月23日"))],
)
def test_the_closing_confirmation_holds_what_when_and_contact(language, when):
    body = draft(language).body

    lines = body.splitlines()
    first = next(line for line in lines if "Security answers" in line)
    second = next(line for line in lines if "Draft contract" in line)
    assert when[0] in first
    assert "Chen Yu" in first
    assert when[1] in second
    assert "Lin Wei <lin@example.com>" in second
    assert lines.index(first) < lines.index(second)


def test_without_a_known_person_the_whole_team_is_greeted():
    assert "Nordwave Audio team" in draft("en", addressee=None).body
    assert "Wang Tao" not in draft("en", addressee=None).body
