"""Sends what waits: takes up what happened, finds who hears of it by then, words it in their language, hands
it over and keeps how it went.

Nothing leaves inside a transaction, and no message holds a price, a note or a contact: ids in links, and
account names where policy "notices" lets them out.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from lib.access import Viewer
from lib.errors import Conflict
from lib.flows.beside import one_by_one
from lib.notices import audience, choices, commands, phrases, rules, sending, services
from lib.notices.message import Message
from lib.notices.phrases import Item, Morning
from lib.notices.rules import TEST, Kind, Limits, Wishes
from lib.notices.sending import Claimed, Planned
from lib.people.identity import viewer_of
from lib.settings import Channel, channels, settings
from lib.store.database import reading
from lib.today import queries as today

log = logging.getLogger("vip_desk.notices")
Send = Callable[[Channel, Message, str | None, datetime], str]
MOST_IN_A_ROW = 200  # messages of one look, so that a look ends


def send_waiting(viewer: Viewer, clock: Callable[[], datetime], send: Send = services.send) -> dict[str, int]:
    """One look: plan what is due, then send until nothing is. State -> how many messages reached it.

    `viewer` is the technical person, `clock` the current instant: sending takes time. Without a channel
    nothing is taken up; what waits is too old by the time there is one.
    """
    if not services.allowed():
        return {}
    take_up(viewer)
    plan_digests(viewer)
    counted: dict[str, int] = {}
    for now, claimed in one_by_one(viewer, clock, sending, MOST_IN_A_ROW):
        state = deliver(now, claimed, clock, send)
        counted[state] = counted.get(state, 0) + 1
    return counted


def take_up(viewer: Viewer) -> int:
    """Turn what happened into messages to those who hear of it; how many."""
    found = sending.fresh(viewer)
    if found.empty:
        return 0
    limits = sending.limits_of(viewer)
    news = [int(r.id) for r in found.itertuples() if rules.is_fresh(r.created_at, viewer.now, limits)]
    planned: list[Planned] = []
    wanted = sending.wanted(viewer)
    for person_id, rows in wanted[wanted["kind"] != Kind.DIGEST].groupby("person_id"):
        person = viewer_of(int(person_id), viewer.now)
        if person is None or not person.roles or not news:
            continue
        wishes = _wishes(rows.iloc[0])
        heard = audience.heard(person, news, wishes.scope)
        due_at = rules.speaks_at(viewer.now, wishes, person.clock_zone)
        for channel, of_channel in rows.groupby("channel"):
            kinds = set(of_channel["kind"])
            if items := tuple(row.id for row in heard if row.kind in kinds):
                planned.append(Planned(person.person_id, str(channel), due_at, items))
    try:
        return sending.take_up(viewer, [int(i) for i in found["id"]], planned)
    except Conflict as taken:
        log.info("another sender was quicker: %s", taken.code)
        return 0


def plan_digests(viewer: Viewer) -> int:
    """The morning digests that are due by now and not planned yet; how many."""
    wanted, limits = sending.wanted(viewer), sending.limits_of(viewer)
    planned = []
    for row in wanted[wanted["kind"] == Kind.DIGEST].itertuples():
        wishes, zone = _wishes(row), row.zone if isinstance(row.zone, str) else viewer.zone
        day = rules.digest_due(viewer.now, wishes, zone, limits)
        if day is not None:
            key = rules.digest_key(int(row.person_id), row.channel, day)
            due_at = rules.speaks_at(viewer.now, wishes, zone)
            planned.append(Planned(int(row.person_id), row.channel, due_at, (), sending.DIGEST, key))
    known = sending.planned_keys(viewer, [plan.key for plan in planned]) if planned else set()
    new = [plan for plan in planned if plan.key not in known]
    if not new:
        return 0
    try:
        return sending.plan_digests(viewer, new)
    except Conflict as taken:
        log.info("another sender was quicker: %s", taken.code)
        return 0


def _wishes(row: Any) -> Wishes:
    """A person's hours as `sending.wanted` tells them; what they never chose is missing."""
    if not isinstance(row.scope, str):
        return Wishes()
    quiet = [None if pd.isna(hour) else int(hour) for hour in (row.quiet_from, row.quiet_until)]
    return Wishes(row.scope, int(row.digest_hour), *quiet)


def deliver(viewer: Viewer, claimed: Claimed, clock: Callable[[], datetime], send: Send) -> str:
    """Send one claimed message, if it still has somebody to go to and something to say; its state."""
    found = _ready(viewer, claimed)
    if isinstance(found, datetime):
        return sending.finish(viewer, claimed.id, claimed.claim, "quiet", found)
    if isinstance(found, str):
        return sending.finish(viewer, claimed.id, claimed.claim, found)
    channel, message, address = found
    try:
        outcome = send(channel, message, address, viewer.now)
    except Exception:
        # The library's words may hold the address: the kind of error is all that is kept.
        log.error("message %s on channel %s ended in an error of the sender", claimed.id, channel.name)
        outcome = "refused"
    state = sending.finish(replace(viewer, now=clock()), claimed.id, claimed.claim, outcome)
    log.info("message=%s kind=%s channel=%s person=%s outcome=%s state=%s", claimed.id, claimed.kind,
             channel.name, claimed.person_id, outcome, state)  # fmt: skip
    return state


def _ready(viewer: Viewer, claimed: Claimed) -> tuple[Channel, Message, str | None] | str | datetime:
    """What is to be handed over; else why not, or until when the person is not to be disturbed."""
    channel = channels().get(claimed.channel)
    if channel is None or not services.usable(channel):
        return "channel_gone" if channel is None else "unusable"
    person = viewer_of(claimed.person_id, viewer.now)
    if person is None or not person.roles:
        return "person_gone"
    with reading() as connection:
        address = choices.address_of(connection, person.person_id) if channel.is_personal else None
    if channel.is_personal and not services.is_one_address(address):
        return "no_address"
    base = settings().public_url
    if claimed.kind == TEST:
        return channel, phrases.test(claimed.key, channel.name, base, person.language), address
    mine = choices.chosen(person)
    until = rules.speaks_at(viewer.now, mine.wishes, person.clock_zone)
    if until > viewer.now:
        return until
    kinds = {kind for kind, names in mine.picked.items() if channel.name in names}
    limits = sending.limits_of(viewer)
    names = limits.names_in_mail if channel.is_personal else limits.names_in_rooms
    if claimed.kind == sending.DIGEST:
        if Kind.DIGEST not in kinds:
            return "not_chosen"
        made = _digest(person, claimed, mine.wishes, limits, names, base)
    else:
        made = _notices(person, claimed, mine.wishes, kinds, limits, names, base)
    return made if isinstance(made, str) else (channel, made, address)


def _notices(
    person: Viewer, claimed: Claimed, wishes: Wishes, kinds: set[str], limits: Limits, names: bool,
    base: str | None,
) -> Message | str:  # fmt: skip
    rows = [row for row in audience.heard(person, claimed.items, wishes.scope) if row.kind in kinds]
    if not rows:
        return "nothing_left"
    items = [Item(row.kind, row.account_id, row.row_id, row.account if names else None) for row in rows]
    return phrases.notices(items, claimed.key, base, limits.most_lines, person.language)


def _digest(
    person: Viewer, claimed: Claimed, wishes: Wishes, limits: Limits, names: bool, base: str | None
) -> Message | str:
    if not rules.is_fresh(claimed.created_at, person.now, limits):
        return "too_late"
    queue = today.queue(person, wishes.scope)
    rows = queue.rows()
    mine = audience.accounts_in_scope(person, [row.account_id for row in rows], wishes.scope)
    found = [
        Morning(str(row.severity), str(row.lead.kind), row.account_id,
                queue.name(row.account_id, person.language) if names else None)
        for row in rows if row.account_id in mine
    ]  # fmt: skip
    if not found:
        return "nothing_left"
    day = person.now.astimezone(settings().zone_info).date()
    return phrases.digest(found, day, claimed.key, base, limits.most_lines, person.language)


def send_test(
    viewer: Viewer, channel: str, clock: Callable[[], datetime], send: Send = services.send
) -> tuple[str, str]:
    """Send a test message to the viewer on a channel at once: the channel's name and the state it reached.

    Raises what `commands.test_message` raises.
    """
    message_id = commands.test_message(viewer, channel)
    claimed = sending.claim(viewer, message_id)
    return channel, deliver(viewer, claimed, clock, send) if claimed else "sending"
