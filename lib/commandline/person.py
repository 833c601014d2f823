"""python -m lib person …: who may use the desk, also where no admin can sign in yet."""

import secrets
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from lib import format
from lib.access import Viewer
from lib.commandline.console import guarded, say, spoken, technical, tell
from lib.people import phrases, queries, roles, staff
from lib.people.queries import PersonView
from lib.people.rules import HAND_ROLES

HandRole = StrEnum("HandRole", {str(role): str(role) for role in HAND_ROLES})
Who = Annotated[str, typer.Argument(metavar="NAME_OR_ID", help="Number, name or e-mail address.")]
Roles = Annotated[list[HandRole] | None, typer.Option("--role", help="A role; may be named several times.")]
Given = Annotated[list[HandRole] | None, typer.Option("--add", help="Give a role by hand.")]
Taken = Annotated[list[HandRole] | None, typer.Option("--remove", help="Take a role given by hand.")]
Reason = Annotated[str | None, typer.Option(help="Kept with the change.")]
app = typer.Typer(
    no_args_is_help=True, help="People who may use the desk: list, add, roles, off, on, sign-out."
)


def _viewer() -> Viewer:
    """The technical person, reading in the language asked for."""
    return replace(technical(), language=spoken["language"])


def _told(viewer: Viewer, person: PersonView) -> None:
    """How a person stands after the change."""
    language = viewer.language
    held = format.names([words for _, words, _ in phrases.roles_of(person, language)], language)
    tell("cli-person-done", name=person.name, roles=held, state=say(f"people-state-{person.state}"))


@app.command("list")
@guarded
def list_() -> None:
    """Everybody, with number, roles, state and last sign-in."""
    viewer = _viewer()
    rows = queries.listed(viewer)
    for row in rows.itertuples():
        held = phrases.role_words(row.mapped, row.by_hand, viewer.language)
        seen = format.moment(row.signed_in_at, viewer.language, viewer.zone)
        tell("cli-person-line", id=str(row.id), name=row.name, roles=held, seen=seen,
             state=say(f"people-state-{row.state}"))  # fmt: skip
    if rows.empty:
        tell("cli-person-none")


@app.command()
@guarded
def add(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    email: Annotated[
        str | None, typer.Option(help="A label; a verified one links the first sign-in.")
    ] = None,
    role: Roles = None,
    identity: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="ISSUER SUBJECT", help="What the company's provider calls the person."),
    ] = None,
) -> None:
    """Add a person. The first admin of a desk comes this way, or from a setting."""
    viewer = _viewer()
    wanted = [str(one) for one in role or []]
    values = {"name": name, "email": email, "language": viewer.language}
    made = staff.add(viewer, secrets.token_hex(16), values, wanted, identity=identity or None)
    tell("cli-person-added", name=name, id=str(made))


@app.command()
@guarded
def role(who: Who, add: Given = None, remove: Taken = None) -> None:
    """Give or take roles by hand. Those that follow the provider's groups are changed there."""
    viewer = _viewer()
    person = queries.called(viewer, who)
    given, taken = ([str(one) for one in names or []] for names in (add, remove))
    roles.change_roles(viewer, person.id, person.version, given, taken)
    _told(viewer, queries.person(viewer, person.id))


@app.command()
@guarded
def off(who: Who, reason: Reason = None) -> None:
    """Switch a person off: the desk closes to them at their next click. The last active admin stays."""
    viewer = _viewer()
    person = queries.called(viewer, who)
    staff.switch_off(viewer, person.id, person.version, reason)
    _told(viewer, queries.person(viewer, person.id))


@app.command()
@guarded
def on(who: Who, reason: Reason = None) -> None:
    """Switch a person on again."""
    viewer = _viewer()
    person = queries.called(viewer, who)
    staff.switch_on(viewer, person.id, person.version, reason)
    _told(viewer, queries.person(viewer, person.id))


@app.command("sign-out")
@guarded
def sign_out(who: Who) -> None:
    """End every sign-in of a person, on each device."""
    viewer = _viewer()
    person = queries.called(viewer, who)
    staff.end_sign_ins(viewer, person.id, person.version)
    _told(viewer, queries.person(viewer, person.id))
