"""What a person may change about themselves."""

from zoneinfo import available_timezones

from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Invalid, NotFound
from lib.money import CURRENCIES
from lib.store.doors import audit, command
from lib.store.models import Person
from lib.words import LANGUAGES


@command("people.choose_language", permission="today.read")
def choose_language(session: Session, viewer: Viewer, language: str) -> None:
    """Keep the viewer's language. Raises Invalid for one the desk does not speak."""
    _keep(session, viewer, {"language": _language(language)})


@command("people.choose_preferences", permission="today.read")
def choose_preferences(
    session: Session, viewer: Viewer, language: str, zone: str | None, currency: str | None
) -> None:
    """Keep how the viewer reads the desk: language, the zone of clock times, the currency asked for first.

    Without a zone the company's is used, without a currency the commonest. They hold from the next click on.
    Raises Invalid.
    """
    if zone is not None and zone not in available_timezones():
        raise Invalid("zone_unknown", zone=zone[:64])
    if currency is not None and currency not in CURRENCIES:
        raise Invalid("currency_unknown", currency=currency[:8])
    _keep(session, viewer, {"language": _language(language), "zone": zone, "currency": currency})


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise Invalid("language_unknown", language=language)
    return language


def _keep(session: Session, viewer: Viewer, wanted: dict[str, str | None]) -> None:
    """Only what differs is written; the viewer's own record alone."""
    person = session.get(Person, viewer.person_id)
    if person is None:
        raise NotFound()
    old = {name: getattr(person, name) for name, value in wanted.items() if getattr(person, name) != value}
    if not old:
        return
    new = {name: wanted[name] for name in old}
    audit(session, viewer, "person", person.id, old=old, new=new)
    for name, value in new.items():
        setattr(person, name, value)
    person.version += 1
