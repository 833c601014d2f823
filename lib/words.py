"""The messages of data/locale as Fluent bundles: the only door to words a person reads."""

import re
from functools import lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.bundle import Message

LANGUAGES = ("en", "zh-CN")
_BETWEEN = re.compile(r"[^a-z0-9]+")
# A message keeps a space around what it is filled with, for Latin names and digits. Between two Chinese
# characters none stands; two marks of no meaning of their own tell where a filling began and ended.
_CJK, _BEGIN, _END = "\u4e00-\u9fff", "\ue000", "\ue001"
_NEEDLESS = re.compile(
    f"(?<=[{_CJK}]) {_BEGIN}(?=[{_CJK}])|(?<=[{_CJK}]){_END} (?=[{_CJK}])|[{_BEGIN}{_END}]"
)
_BEGINNING = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)  # of a message
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "data" / "locale"


class Catalogue(FluentBundle):
    """Thousands of messages, each parsed when it is first asked for: a page says some hundred of them.

    No message refers to another one; a test holds that.
    """

    def __init__(self, language: str) -> None:
        super().__init__([language], use_isolating=False)  # isolation marks would end up in copied text
        self._sources: dict[str, str] = {}
        for path in sorted((LOCALE_FOLDER / language).glob("*.ftl")):
            text = path.read_text(encoding="utf-8")
            begun = list(_BEGINNING.finditer(text))
            ends = [*(found.start() for found in begun[1:]), len(text)]
            for found, end in zip(begun, ends, strict=True):
                self._sources.setdefault(found[1], text[found.start() : end])

    def has_message(self, message_id: str) -> bool:
        return message_id in self._sources

    def get_message(self, message_id: str) -> Message:
        if not super().has_message(message_id):
            self.add_resource(FluentResource(self._sources[message_id]))
        return super().get_message(message_id)


@lru_cache(maxsize=len(LANGUAGES))
def bundle(language: str) -> Catalogue:
    """Every message of one language."""
    if language not in LANGUAGES:
        raise KeyError(f"no such language: {language}")
    return Catalogue(language)


def has(language: str, message_id: str) -> bool:
    return bundle(language).has_message(message_id)


def say(language: str, message_id: str, **values: object) -> str:
    """The sentence for `message_id`, filled. Numbers and dates arrive as text from lib.format;
    plain integers may be passed where a message selects a plural.

    Raises KeyError for an unknown id or a missing variable: a hole in a sentence is a bug.
    """
    found = bundle(language)
    if not found.has_message(message_id):
        raise KeyError(f"{language}: no message {message_id}")
    message = found.get_message(message_id)
    if language == "zh-CN":
        values = {name: _marked(value) for name, value in values.items()}
    text, problems = found.format_pattern(message.value, values)
    if problems:
        raise KeyError(f"{language}: {message_id}: {problems}")
    return _NEEDLESS.sub("", text) if _BEGIN in text else text


def _marked(value: object) -> object:
    """A filling that begins or ends in Chinese, between marks; a code a message selects by never does."""
    if isinstance(value, str) and value and (_is_cjk(value[0]) or _is_cjk(value[-1])):
        return f"{_BEGIN}{value}{_END}"
    return value


def _is_cjk(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def term(language: str, kind: str, value: str) -> str:
    """A value that data brings (kind: tier, plan, product, region, industry, city) in the reader's language;
    one that the catalogues do not know stays as it is."""
    wanted = f"term-{kind}-{_BETWEEN.sub('-', value.lower()).strip('-')}"
    return say(language, wanted) if has(language, wanted) else value


def parts(text: str) -> list[str]:
    """The entries of a text with commas, Chinese ones too."""
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
