"""The quarterly review of the policy: the figures of several capabilities on one table, signed together."""

from lib.access import Viewer
from lib.kpi import queries as kpi
from lib.policy import review, reviews
from lib.policy.inputs import Input

CURRENCIES = 3  # the most used ones; figures of several currencies are never added


def inputs(viewer: Viewer) -> list[Input]:
    """Key figures per currency and what service, renewals and approvals say, as of the viewer's day; empty
    for whom company figures are not open."""
    if not reviews.sees_figures(viewer):
        return []
    found: list[Input] = []
    for currency in kpi.currencies(viewer)[:CURRENCIES]:
        now = kpi.figures(viewer, currency=currency)
        shares = {
            "nrr": now.nrr[-1].value, "grr": now.grr[-1].value, "logo": now.logo.value,
            "renewal": now.renewed.gross.value,
        }  # fmt: skip
        found.append(Input("arr", currency, "money", str(now.arr[-1])))
        found += [
            Input(code, currency, "share", None if value is None else str(round(value, 4)))
            for code, value in shares.items()
        ]
        found.append(Input("risk", currency, "money", str(now.at_risk[-1])))
    return found + reviews.voices(viewer)


def sign(viewer: Viewer, note: str) -> str:
    """Sign the review of the running quarter with the figures of this moment; the quarter.

    Raises NotAllowed, Conflict when it was signed already, Invalid without a note.
    """
    return review.sign_review(viewer, note, inputs(viewer))
