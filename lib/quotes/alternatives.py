"""Reads what a quote would come to on other terms, for the builder."""

from sqlmodel import Session

from lib.access import Viewer
from lib.quotes import costs
from lib.quotes.circumstances import facts_of
from lib.quotes.loading import lines_of, stored_form
from lib.quotes.queries import basis_then, load_quote
from lib.quotes.scenarios import Scenario
from lib.quotes.scenarios import scenarios as of_form
from lib.quotes.window_offers import without_closed
from lib.store.database import engine
from lib.store.doors import query


@query("quotes.scenarios", permission="quote.read", subject="quote")
def scenarios(viewer: Viewer, quote_id: int) -> tuple[list[Scenario], bool]:
    """The saved quote on other terms (see lib.quotes.scenarios), and whether the viewer may see its costs.

    Without that right every cost is taken out. NotFound.
    """
    with Session(engine()) as session:
        row, version, _account, _asked = load_quote(session, viewer, quote_id)
        basis = basis_then(session, viewer, version, row.account_id)
        form, facts = stored_form(row, version, lines_of(session, version.id)), facts_of(session, row)
        if version.issued_at is None:
            form = without_closed(form, basis.offers)
        found, shows = of_form(form, basis, row.account_id, facts), costs.opens(viewer, [quote_id])
    return found if shows else [one.without_cost() for one in found], shows
