"""What a person may change about themselves."""

from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Invalid, NotFound
from lib.store.doors import audit, command
from lib.store.models import Person
from lib.words import LANGUAGES


@command("people.choose_language", permission="today.read")
def choose_language(session: Session, viewer: Viewer, language: str) -> None:
    """Keep the viewer's language. Raises Invalid for one the desk does not speak."""
    if language not in LANGUAGES:
        raise Invalid("language_unknown", language=language)
    person = session.get(Person, viewer.person_id)
    if person is None:
        raise NotFound()
    audit(session, viewer, "person", person.id, old={"language": person.language}, new={"language": language})
    person.language = language
    person.version += 1
