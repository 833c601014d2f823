"""The demo's VIP programme: what is known of some names, who was accepted, refused or put off, and why."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import Session

from lib.demo.cast import Customer, dice, material
from lib.demo.writing import put
from lib.errors import DeskError
from lib.flows import designate_vip
from lib.people.identity import viewer_of
from lib.store import models as m
from lib.store.database import reading
from lib.vips import commands

_VIPS = 80
FUNDED, NAMED = 14, 6  # so many customers with funding, and with a big name
ACCEPTED, REFUSED, LATER = 14, 3, 2


def know_names(session: Session, cast: list[Customer], today: date) -> None:
    """Funding with its source, monthly sales, and a few big names with a champion."""
    rng = dice(_VIPS)
    here = [c for c in cast if c.left_on is None]
    chosen = [here[i] for i in rng.permutation(len(here))[: FUNDED + NAMED]]
    for customer in chosen[:FUNDED]:
        amount = int(rng.choice([180_000, 499_999, 500_000, 850_000, 2_400_000, 12_000_000]))
        looked_up = today - timedelta(days=int(rng.integers(5, 200)))
        values = {"funding_minor": amount * 100, "funding_currency": "USD", "funding_source": "Crunchbase",
                  "funding_on": looked_up, "following": int(rng.integers(2_000, 90_000))}  # fmt: skip
        session.execute(update(m.Account).where(m.Account.id == customer.number + 1).values(**values))
    champions = dict(
        session.execute(
            select(m.Contact.account_id, m.Contact.id).where(m.Contact.active).order_by(m.Contact.id.desc())
        ).all()
    )
    words = material("texts")["vips"]
    put(session, m.VipProfile, [
        {"account_id": c.number + 1, "big_name": True, "big_name_reason": words["big_names"][n % 3][c.speaks],
         "champion_id": champions.get(c.number + 1), "advocacy": [["reference"], ["case_study", "review"],
         ["at_risk"]][n % 3], "advocacy_note": None, "version": 1}
        for n, c in enumerate(chosen[FUNDED:])
    ])  # fmt: skip


def run_programme(now: datetime, today: date) -> None:  # noqa: ARG001 - the shape of a step
    """The account managers answer some of what this morning proposed; the rest waits."""
    with reading() as connection:
        rows = connection.execute(
            select(m.VipProposal.id, m.VipProposal.version, m.VipProposal.account_id, m.Assignment.person_id)
            .join(m.Assignment, m.Assignment.account_id == m.VipProposal.account_id)
            .where(m.VipProposal.status == "open", m.Assignment.duty == "owner")
            .where(m.Assignment.until.is_(None))
            .order_by(m.VipProposal.account_id, m.VipProposal.id)
        ).all()
    words = material("texts")["vips"]
    first = list({row.account_id: row for row in reversed(rows)}.values())[::-1]
    for place, row in enumerate(first[:: max(1, len(first) // (ACCEPTED + REFUSED + LATER + 8))]):
        viewer = viewer_of(row.person_id, now)
        if viewer is None:
            continue
        at = 1 if viewer.language == "zh-CN" else 0
        seen = (viewer, row.id, row.version)
        try:
            if place < ACCEPTED:
                _accept(seen, place, words, at)
            elif place < ACCEPTED + REFUSED:
                commands.refuse(*seen, words["refused"][at])
            elif place < ACCEPTED + REFUSED + LATER:
                commands.put_off(*seen, words["later"][at])
        except DeskError:  # somebody who may not decide owns it: it waits
            continue


def _accept(seen: tuple, place: int, words: dict, at: int) -> None:
    contract = place % 3 == 0
    answers = {"included": words["included"][at], "who": words["who"][at], "months": "12", "levels": "2",
               "opt_in": "no"}  # fmt: skip
    designate_vip.designate(
        *seen, words["accepted"][place % 2][at], mode="contract" if contract else "internal",
        level="priority" if contract else None, answers=answers,
    )  # fmt: skip
