"""Every page of the desk on demo data: its deep link, who looks at it, and the way there in one session."""

from dataclasses import dataclass

from sqlalchemy import func, select

from lib.access import GRANTS, Role
from lib.store import database
from lib.store import models as m
from lib.ui.frame import SCREENS
from tests.browser.desk import Desk

FIRST = Role.ACCOUNT_MANAGER  # the demo's first person
# Who looks where the first person may not; and where somebody else sees more of the page.
ORDER = (FIRST, Role.LEADERSHIP, Role.ADMIN)
SEES_MORE = {"kpi": Role.LEADERSHIP, "policy": Role.ADMIN, "team": Role.ADMIN}
# States of a page that look unlike its first view.
STATES = {
    "alert": "alerts", "renewals-list": "renewals", "decided": "approvals",
    "negotiation-choose": "negotiation", "vips-members": "vips", "vips-clocks": "vips",
    "vips-segments": "vips", "vips-terms": "vips",
    "policy-history": "policy", "policy-file": "policy", "team-assign": "team", "team-requests": "team",
    "team-hours": "team", "team-meetings": "team", "team-handovers": "team", "handover-chosen": "handover",
    "playbook-run": "playbooks", "playbooks-overdue": "playbooks", "playbooks-books": "playbooks",
    "playbooks-account": "playbooks", "playbooks-staying": "playbooks",
}  # fmt: skip
VIEWS = {
    "today": "/", "search": "/search?find=price", "renewals-list": "/renewals?view=list",
    "decided": "/approvals?view=decided", "negotiation-choose": "/negotiation",
    **{f"vips-{view}": f"/vips?view={view}" for view in ("members", "clocks", "segments", "terms")},
    **{f"team-{view}": f"/team?view={view}"
       for view in ("assign", "requests", "hours", "meetings", "handovers")},
    **{f"playbooks-{view}": f"/playbooks?view={view}" for view in ("overdue", "books", "staying")},
    "policy-history": "/policy?view=history&area=quotes", "policy-file": "/policy?view=file",
}  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """One page or state: its name, the address, and the role that looks at it."""

    name: str
    path: str
    role: Role

    @property
    def screen(self) -> str:
        return STATES.get(self.name, self.name)


def looker(screen: str) -> Role:
    """The first role of ORDER that may open a page; a page nobody of them may open fails the tour."""
    if screen in SEES_MORE:
        return SEES_MORE[screen]
    return next(role for role in ORDER if SCREENS[screen].permission in GRANTS[role])


def stops(store_url: str) -> list[Stop]:
    """Every page in SCREENS, each state behind its page, on records of the first account manager's book."""
    paths = VIEWS | _records(store_url)
    found = []
    for screen in SCREENS:
        for name in (screen, *(state for state, page in STATES.items() if page == screen)):
            found.append(Stop(name, paths.get(name, f"/{name}"), looker(screen)))
    return found


def _records(store_url: str) -> dict[str, str]:
    """Addresses that name a record: an account with an alert, a quote, and the talks about it."""
    with database.use(store_url), database.reading() as connection:
        first = select(func.min(m.PersonRole.person_id)).where(m.PersonRole.role == FIRST)
        mine = select(m.Assignment.account_id).where(
            m.Assignment.person_id == first.scalar_subquery(), m.Assignment.until.is_(None)
        )
        alert = connection.execute(
            select(m.ChurnAlert.id, m.ChurnAlert.account_id)
            .where(m.ChurnAlert.account_id.in_(mine), m.ChurnAlert.resolved_on.is_(None))
            .order_by(m.ChurnAlert.severity.desc())
        ).first()
        quote = connection.execute(
            select(m.Quote.id, m.Quote.account_id)
            .where(m.Quote.account_id.in_(mine))
            .order_by(m.Quote.id.desc())
        ).first()
        giver, taker = (
            connection.execute(
                select(m.PersonRole.person_id)
                .where(m.PersonRole.role == FIRST)
                .order_by(m.PersonRole.person_id)
            )
            .scalars()
            .fetchmany(2)
        )
        run = connection.execute(
            select(m.PlaybookRun.id, m.PlaybookRun.account_id)
            .where(m.PlaybookRun.account_id.in_(mine))
            .order_by(m.PlaybookRun.started_on, m.PlaybookRun.id)
        ).first()
    assert alert and quote and run, "the demo has no alert, quote or play in the first person's book"
    return {
        "account": f"/account?id={alert.account_id}", "alert": f"/alerts?id={alert.id}",
        "handover-chosen": f"/handover?from={giver}&to={taker}",
        "negotiation": f"/negotiation?account={quote.account_id}", "quote": f"/quote?id={quote.id}",
        "playbook-run": f"/playbooks?run={run.id}",
        "playbooks-account": f"/playbooks?account={run.account_id}",
    }  # fmt: skip


def walk_to(desk: Desk, path: str) -> None:
    """Another page in the same session, as the browser's own back and forward do; no sidebar is needed."""
    desk.page.evaluate(
        "path => { history.pushState({}, '', path);"
        " dispatchEvent(new PopStateEvent('popstate', {state: {}})) }",
        path,
    )
    desk.settle()


def groups(found: list[Stop]) -> dict[Role, list[Stop]]:
    """The stops by who looks, so that a walk changes its person as rarely as it can."""
    roles = dict.fromkeys(stop.role for stop in found)
    return {role: [stop for stop in found if stop.role == role] for role in roles}
