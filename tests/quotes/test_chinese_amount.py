"""Amounts in words against the forms papers of value ask for."""

import pytest

from lib.quotes.chinese_amount import yuan_in_words


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (0, "零元整"),
        (1000, "壹拾元整"),
        (10_700_053, "壹拾万零柒仟元伍角叁分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (100_000_100, "壹佰万零壹元整"),
        (2_000_050_000, "贰仟万零伍佰元整"),
        (630_697_972, "陆佰叁拾万零陆仟玖佰柒拾玖元柒角贰分"),
        (150, "壹元伍角整"),
        (4, "肆分"),
        (50, "伍角整"),
        (-1000, "负壹拾元整"),
        (100_500_000, "壹佰万零伍仟元整"),
        (1_234_500_000_000, "壹佰贰拾叁亿肆仟伍佰万元整"),
        (1_000_000_001_00, "壹拾亿零壹元整"),
    ],
)
def test_amount_in_words(minor: int, words: str) -> None:
    assert yuan_in_words(minor) == "人民币" + words
