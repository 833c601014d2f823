"""What a person wants to hear of, on which channel, and when: theirs alone to read and to change."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.errors import Conflict, Invalid
from lib.notices import rules, services
from lib.notices.rules import Kind, Wishes
from lib.settings import Channel
from lib.store.database import reading
from lib.store.doors import audit, command, query
from lib.store.models import NoticeChoice, NoticePreference, Person


@dataclass(frozen=True)
class Chosen:
    """`channels`: the ones the viewer may pick from, name -> service; `picked`: kind -> channel names;
    `address`: the e-mail address the provider vouches for, or None; `scopes` and `kinds`: what is theirs to
    choose; `version` is 0 before the first choice."""

    wishes: Wishes
    picked: dict[str, tuple[str, ...]]
    channels: dict[str, str]
    scopes: tuple[str, ...]
    kinds: tuple[str, ...]
    address: str | None
    version: int = 0


def scopes_of(viewer: Viewer) -> tuple[str, ...]:
    """Whoever sees only their own book has nothing to choose."""
    if viewer.may("account.all"):
        return rules.SCOPES
    return rules.SCOPES[:2] if Role.TEAM_LEAD in viewer.roles else rules.SCOPES[:1]


def kinds_of(viewer: Viewer) -> tuple[str, ...]:
    """A quote to decide on is news for those alone who decide."""
    return tuple(kind for kind in Kind if kind is not Kind.APPROVAL or viewer.may("quote.approve"))


def pickable(address: str | None) -> dict[str, Channel]:
    """The channels a person may pick: e-mail only with an address that somebody vouches for."""
    reachable = services.is_one_address(address)
    return {n: c for n, c in services.allowed().items() if reachable or not c.is_personal}


@query("notices.chosen", permission="today.read")
def chosen(viewer: Viewer) -> Chosen:
    """The viewer's own choices."""
    p, c = NoticePreference, NoticeChoice
    with reading() as connection:
        kept = connection.execute(
            select(p.scope, p.digest_hour, p.quiet_from, p.quiet_until, p.version).where(
                p.person_id == viewer.person_id
            )
        ).first()
        rows = connection.execute(
            select(c.kind, c.channel).where(c.person_id == viewer.person_id).order_by(c.kind, c.channel)
        ).fetchall()
        address = address_of(connection, viewer.person_id)
    offered = {name: channel.service for name, channel in pickable(address).items()}
    picked = {
        kind: tuple(r.channel for r in rows if r.kind == kind and r.channel in offered)
        for kind in kinds_of(viewer)
    }
    wishes = Wishes(*kept[:4]) if kept else Wishes()
    scopes = scopes_of(viewer)
    if wishes.scope not in scopes:
        wishes = Wishes(scopes[-1], *kept[1:4])
    return Chosen(wishes, picked, offered, scopes, kinds_of(viewer), address, kept.version if kept else 0)


def address_of(connection: Connection | Session, person_id: int) -> str | None:
    """The one address a person's mail goes to: what the provider vouches for, of somebody it still knows."""
    found = select(Person.verified_email).where(Person.id == person_id, Person.issuer.is_not(None))
    return connection.execute(found).scalar()


@command("notices.choose", permission="today.read")
def choose(
    session: Session, viewer: Viewer, wishes: Wishes, picked: Mapping[str, Sequence[str]],
    seen_version: int,
) -> None:  # fmt: skip
    """Keep what the viewer wants to hear of, on which of the allowed channels, and when.

    Raises Invalid for an hour, a kind, a scope or a channel that is not theirs to choose, Conflict when the
    choices changed since they were read.
    """
    rules.check_wishes(wishes, viewer.may("account.all"))
    if wishes.scope not in scopes_of(viewer):
        raise Invalid("notice_scope")
    if unknown := [kind for kind in picked if kind not in kinds_of(viewer)]:
        raise Invalid("notice_kind", kind=str(unknown[0])[:32])
    offered = pickable(address_of(session, viewer.person_id))
    wanted = {(str(kind), str(name)) for kind, names in picked.items() for name in names}
    if unknown := sorted(name for _, name in wanted if name not in offered):
        raise Invalid("notice_channel", channel=unknown[0][:32])
    row = session.execute(
        select(NoticePreference).where(NoticePreference.person_id == viewer.person_id).with_for_update()
    ).scalars().first()  # fmt: skip
    if (row.version if row else 0) != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version if row else 0)
    old = {name: getattr(row, name) for name in asdict(wishes)} if row else {}
    held = _replace(session, viewer, wanted)
    if row is None:
        row = NoticePreference(person_id=viewer.person_id, **asdict(wishes))
        session.add(row)
        session.flush()
    else:
        for name, value in asdict(wishes).items():
            setattr(row, name, value)
        row.version += 1
    audit(session, viewer, "notice_preference", row.id, old=old | {"picked": held},
          new=asdict(wishes) | {"picked": _told(wanted)})  # fmt: skip


def _replace(session: Session, viewer: Viewer, wanted: set[tuple[str, str]]) -> list[str]:
    """The choices as wanted; what they were."""
    mine = NoticeChoice.person_id == viewer.person_id
    held = {(r.kind, r.channel) for r in session.execute(
        select(NoticeChoice.kind, NoticeChoice.channel).where(mine))}  # fmt: skip
    for kind, name in held - wanted:
        session.execute(
            delete(NoticeChoice).where(mine, NoticeChoice.kind == kind, NoticeChoice.channel == name)
        )
    session.add_all(
        NoticeChoice(person_id=viewer.person_id, kind=kind, channel=name) for kind, name in wanted - held
    )
    return _told(held)


def _told(pairs: set[tuple[str, str]]) -> list[str]:
    return sorted(f"{kind}: {name}" for kind, name in pairs)
