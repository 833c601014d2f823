"""What may be typed into a person's record; the checks are those of every other form."""

from collections.abc import Mapping

from lib.accounts.fields import CONTACT, WHY, Field, check
from lib.errors import Invalid
from lib.words import LANGUAGES

PERSON = (
    Field("name", required=True),
    Field("name_zh"),
    *(field for field in CONTACT if field.name == "email"),
    Field("team"),
    Field("language", "choice", required=True, choices=LANGUAGES),
)
IDENTITY = (Field("issuer", required=True), Field("subject", required=True))
_KNOWN = {field.name: field for field in PERSON}


def clean(values: Mapping[str, object]) -> dict[str, object]:
    """The values as they may be stored. Raises Invalid naming the field; one that is not open raises too."""
    strangers = sorted(set(values) - set(_KNOWN))
    if strangers:
        raise Invalid("field_not_open", field=strangers[0])
    return {name: check(_KNOWN[name], value) for name, value in values.items()}


def identity(issuer: str, subject: str) -> tuple[str, str]:
    """The provider's names for a person, as they may be stored."""
    return str(check(IDENTITY[0], issuer)), str(check(IDENTITY[1], subject))


def why(reason: str | None) -> str | None:
    return check(WHY, reason)  # type: ignore[return-value]
