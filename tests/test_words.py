"""The message catalogues: both languages say the same things, and every word the code asks for is there."""

import ast
import re
import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from lib.words import LANGUAGES, LOCALE_FOLDER, bundle, say
from tests.test_architecture import OURS, label, tree

ENGLISH, CHINESE = LANGUAGES
FILES = sorted({p.name for p in LOCALE_FOLDER.glob("*/*.ftl")})
ERRORS = {"DeskError", "NotAllowed", "Conflict", "Invalid"}
# Functions whose first literal argument is a message id, beside `t`; see lib/ui.
SPEAKERS = {"t", "attempt", "empty", "plain_sentence"}
_CJK = r"[\u4e00-\u9fff]"


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the visitor's own name
        self.names.add(node.id.name)


class _References(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802 - the visitor's own name
        self.names.add(node.id.name)

    def visit_TermReference(self, node: ftl.TermReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


@cache
def messages(path: Path) -> dict[str, tuple[frozenset[str], str]]:
    """id -> its variables and its text; a line the parser cannot read fails the test that asks."""
    text = path.read_text(encoding="utf-8")
    found = {}
    for entry in FluentParser().parse(text).body:
        assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content[:80]!r}"
        if isinstance(entry, ftl.Message):
            seen = _Variables()
            seen.visit(entry)
            found[entry.id.name] = (frozenset(seen.names), text[entry.span.start : entry.span.end])
    return found


@cache
def catalogue(language: str) -> dict[str, frozenset[str]]:
    paths = sorted((LOCALE_FOLDER / language).glob("*.ftl"))
    return {key: variables for path in paths for key, (variables, _) in messages(path).items()}


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_messages_with_the_same_variables(name):
    pair = [messages(LOCALE_FOLDER / language / name) for language in LANGUAGES]
    english, chinese = ({key: variables for key, (variables, _) in one.items()} for one in pair)

    assert english == chinese


def test_no_message_is_defined_twice():
    for language in LANGUAGES:
        paths = (LOCALE_FOLDER / language).glob("*.ftl")
        counted = Counter(
            re.match(r"([a-z][\w-]*) =", line).group(1)
            for path in paths
            for line in path.read_text(encoding="utf-8").splitlines()
            if re.match(r"[a-z][\w-]* =", line)
        )

        assert not [key for key, times in counted.items() if times > 1]


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def _spoken() -> list[tuple[str, str, set[str] | None]]:
    """(place, message id, names of the values given or None when they cannot be told) of literal calls."""
    found = []
    for path in OURS:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            name = _called(node)
            position = 0 if name in SPEAKERS else 1 if name == "say" else None
            if name in ERRORS:
                position = 0
            if position is None or len(node.args) <= position:
                continue
            first = node.args[position]
            if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
                continue
            known = name in {"t", "say"} or name in ERRORS
            spread = any(k.arg is None for k in node.keywords)
            given = {k.arg for k in node.keywords} if known and not spread else None
            key = "error-" + first.value.replace("_", "-") if name in ERRORS else first.value
            found.append((f"{label(path)}:{node.lineno}", key, given))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_the_code_asks_for_exists(language):
    there = catalogue(language)
    missing = sorted({f"{place}: {key}" for place, key, _ in _spoken() if key not in there})

    assert not missing, "\n".join(missing)


def test_every_variable_of_a_message_is_given():
    there = catalogue(ENGLISH)
    holes = [
        f"{place}: {key} lacks {', '.join(sorted(there[key] - given))}"
        for place, key, given in _spoken()
        if given is not None and key in there and there[key] - given
    ]

    assert not holes, "\n".join(holes)


def test_ids_put_together_from_a_code_have_at_least_one_message():
    """`t(f"frame-page-{name}")`: the fixed beginning must lead somewhere."""
    keys = catalogue(ENGLISH)
    wrong = []
    for path in OURS:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _called(node) in {"t", "say"} and node.args:
                first = node.args[1 if _called(node) == "say" and len(node.args) > 1 else 0]
                if isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                    start = first.values[0].value
                    if not any(key.startswith(start) for key in keys):
                        wrong.append(f"{label(path)}:{node.lineno}: {start}…")

    assert not wrong, "\n".join(wrong)


def _texts(language: str) -> list[tuple[str, str]]:
    paths = sorted((LOCALE_FOLDER / language).glob("*.ftl"))
    return [(key, text.split("=", 1)[1]) for p in paths for key, (_, text) in messages(p).items()]


def test_chinese_uses_full_width_punctuation_and_spaces_around_latin_words():
    wrong = []
    for key, text in _texts(CHINESE):
        shown = re.sub(r"\{[^{}]*\}", "", text)
        if re.search(rf"{_CJK}[,;:!?()]|[,;!?()]{_CJK}", shown):
            wrong.append(f"{key}: half-width punctuation")
        if re.search(rf"{_CJK}[A-Za-z]|[A-Za-z]{_CJK}", shown):
            wrong.append(f"{key}: no space beside Latin letters")

    assert not wrong, "\n".join(wrong)


def test_english_words_keep_the_manners_of_the_house():
    wrong = [
        key
        for key, text in _texts(ENGLISH)
        if re.search(r"!(?!=)|\bplease\b|successfully|click here", text, re.I)
    ]

    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_filled(language):
    """A value for every variable gives a text: no broken selector, no reference to nowhere."""
    loaded = bundle(language)
    for key, variables in catalogue(language).items():
        message = loaded.get_message(key)
        if message.value is None:
            continue
        _, problems = loaded.format_pattern(message.value, dict.fromkeys(variables, 1))

        assert not problems, f"{key}: {problems}"


def test_each_message_stands_alone():
    """Messages are parsed one by one, so none may build on another, and every one must be found."""
    for language in LANGUAGES:
        for path in sorted((LOCALE_FOLDER / language).glob("*.ftl")):
            body = FluentParser().parse(path.read_text(encoding="utf-8")).body
            assert not [e for e in body if isinstance(e, ftl.Term)], path.name
            referring = _References()
            referring.visit(ftl.Resource(body))
            assert not referring.names, f"{path.name}: {referring.names}"
        assert all(bundle(language).has_message(key) for key in catalogue(language))


def test_messages_nobody_asks_for_are_named():
    """Reported, not refused: an id may be put together from a code in a way this reading cannot see."""
    text = "\n".join(p.read_text(encoding="utf-8") for p in OURS)
    starts = set(re.findall(r"[\"']([a-z][a-z0-9]*(?:-[a-z0-9]+)*-)[{\"']", text))
    unused = [k for k in catalogue(ENGLISH) if k not in text and not k.startswith(tuple(starts) or ("\0",))]
    unused = [k for k in unused if not k.startswith("error-")]
    if unused:
        warnings.warn(f"{len(unused)} messages seem unused: {', '.join(sorted(unused))}", stacklevel=1)


def test_no_space_stands_between_two_chinese_characters_where_a_sentence_was_filled():
    """Latin names and digits keep theirs."""
    assert say("zh-CN", "alerts-to-account", account="琴巢电子") == "打开琴巢电子"
    assert say("zh-CN", "alerts-to-account", account="Lyranest") == "打开 Lyranest"
    assert say("zh-CN", "team-brief-title", giver="赵明", taker="Ines") == "交接简报：赵明交接给 Ines"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_counts_on_a_blank_at_its_end(language):
    """Fluent takes it away: a joint such as ", " is written in braces."""
    lines = [
        line for path in (LOCALE_FOLDER / language).glob("*.ftl") for line in path.read_text().splitlines()
    ]

    assert [line for line in lines if line != line.rstrip()] == []
