"""Which page opens for which role: the table is the specification, and every cell of it is tried.

Columns are roles held alone; one pair is tried beside them.
"""

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import GRANTS, Role
from lib.people import identity
from lib.settings import ROOT
from lib.ui.frame import SCREENS
from lib.words import say
from tests import make
from tests.make import NOW

TABLE = """
page         account_manager team_lead sales leadership approver_1 approver_2 approver_3 admin technical
today        opens           opens     opens opens      opens      opens      opens      opens opens
week         opens           opens     opens opens      opens      opens      opens      opens opens
search       opens           opens     opens opens      opens      opens      opens      opens opens
accounts     opens           opens     opens opens      opens      opens      opens      opens opens
account      opens           opens     opens opens      opens      opens      opens      opens opens
alerts       opens           opens     opens opens      opens      opens      opens      opens opens
playbooks    opens           opens     opens opens      opens      opens      opens      opens opens
vips         opens           opens     opens opens      opens      opens      opens      opens opens
events       opens           opens     opens opens      opens      opens      opens      opens opens
renewals     opens           opens     opens opens      opens      opens      opens      opens opens
growth       opens           opens     opens opens      opens      opens      opens      opens opens
negotiation  opens           opens     opens opens      opens      opens      opens      opens opens
quotes       opens           opens     opens opens      opens      opens      opens      opens opens
quote        opens           opens     opens opens      opens      opens      opens      opens opens
fulfilment   opens           opens     opens opens      opens      opens      opens      opens opens
concessions  opens           opens     opens opens      opens      opens      opens      opens opens
promos       opens           opens     opens opens      opens      opens      opens      opens opens
approvals    –               –         –     opens      opens      opens      opens      –     –
pricebooks   opens           opens     opens opens      opens      opens      opens      opens opens
kpi          opens           opens     opens opens      –          –          –          opens opens
team         opens           opens     opens opens      opens      opens      opens      opens –
evidence     opens           opens     opens opens      –          –          –          opens opens
imports      –               –         –     –          –          –          –          opens opens
standards    opens           opens     opens opens      opens      opens      opens      opens opens
guardrails   opens           opens     opens opens      opens      opens      opens      opens opens
policy       opens           opens     opens opens      opens      opens      opens      opens opens
people       –               opens     –     –          –          –          –          opens opens
handover     –               opens     –     –          –          –          –          opens –
audit        –               –         –     opens      –          –          –          opens opens
channels     –               –         –     –          –          –          –          opens –
"""
# Whoever holds two roles opens what either opens.
PAIR = (Role.SALES, Role.APPROVER_1)
_HEAD, *_ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = {
    (row[0], role): cell == "opens" for row in _ROWS for role, cell in zip(_HEAD[1:], row[1:], strict=True)
}


def test_the_table_lists_every_page_and_every_role():
    assert sorted(row[0] for row in _ROWS) == sorted(SCREENS)
    assert sorted(_HEAD[1:]) == sorted(map(str, Role))


def test_the_table_says_what_the_permissions_say():
    """The sidebar lists a page by its permission, so the table is also what each role finds there."""
    told = {(page, str(role)): SCREENS[page].permission in GRANTS[role] for page in SCREENS for role in Role}

    assert told == CELLS


@pytest.mark.acceptance("C36")
@pytest.mark.parametrize("roles", [*((role,) for role in Role), PAIR], ids="+".join)
def test_each_page_opens_or_refuses_as_the_table_says(embedded, roles):
    person = make.person(name="Somebody", roles=roles)
    duty = "sales" if Role.SALES in roles else "owner"
    account = make.account(**{duty: person})
    ids = {"account": {"id": account}, "quote": {"id": make.quote(account, person)},
           "negotiation": {"account": account}}  # fmt: skip
    viewer = identity.viewer_of(person, NOW)

    for page in SCREENS:
        at = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
        at.session_state["viewer"] = viewer
        for name, value in ids.get(page, {}).items():
            at.query_params[name] = str(value)
        at.run()

        assert not at.exception, page
        opens = say("en", "frame-not-here") not in [m.value for m in at.markdown]
        assert opens is any(CELLS[page, str(role)] for role in roles), page
        assert bool(at.title) is opens, page
