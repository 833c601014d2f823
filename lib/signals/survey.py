"""The survey after a loss: what every lost customer answered, for the page and for a file."""

import pandas as pd
from sqlalchemy import select

from lib.access import Viewer
from lib.signals.rules import ANSWERS
from lib.store.database import read_frame
from lib.store.doors import query
from lib.store.models import Account, LossReason, Person
from lib.store.naming import spoken_name
from lib.store.scope import visible_accounts
from lib.words import has, say

COLUMNS = ("account", "lost_on", "reason", *ANSWERS, "went_to", "comment", "person")


@query("signals.loss_survey", permission="account.read")
def loss_survey(viewer: Viewer) -> pd.DataFrame:
    """account_id and COLUMNS: one row a loss somebody wrote down, the newest first; codes as stored."""
    n = LossReason
    return read_frame(
        select(n.account_id, spoken_name(viewer, Account).label("account"), n.lost_on, n.reason, n.kept_by,
               n.returns, n.rating, n.went_to, n.comment, spoken_name(viewer, Person).label("person"))
        .join(Account, Account.id == n.account_id)
        .join(Person, Person.id == n.person_id)
        .where(visible_accounts(viewer))
        .order_by(n.lost_on.desc(), n.id.desc())
    )  # fmt: skip


def worded(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """The answers in words."""
    told = {"reason": [answer("renewals-reason", code, language) for code in rows["reason"]]}
    for name in ANSWERS:
        start = f"signals-{name.replace('_', '-')}"
        told[name] = [answer(start, code, language) for code in rows[name]]
    return rows.assign(**told)


def answer(start: str, code: str | None, language: str) -> str | None:
    """One answer; a code without words stands for itself."""
    if not isinstance(code, str):
        return None
    known = f"{start}-{code.replace('_', '-')}"
    return say(language, known) if has(language, known) else code


def counted(rows: pd.DataFrame, language: str) -> list[str]:
    """The reasons by how often they were given, the most frequent first."""
    counts = rows["reason"].value_counts()
    return [
        say(language, "signals-survey-count", reason=answer("renewals-reason", code, language), count=int(n))
        for code, n in counts.items()
    ]
