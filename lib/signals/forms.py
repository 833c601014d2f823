"""What the drawers for suppliers in play and for the reason of a loss ask, and the commands they call."""

from typing import Any

from lib.access import Viewer
from lib.accounts.fields import Field, Sheet
from lib.renewals.phrases import reason_name
from lib.renewals.rules import LOST_REASONS
from lib.signals import commands
from lib.signals.queries import Loss, Suppliers
from lib.signals.rules import ANSWERS, COMMENT_MAX, NAMES_MAX, RIVAL_MAX
from lib.signals.survey import answer

_SUPPLIERS = (
    Field("suppliers", "whole", required=True),
    Field("supplier_names", "paragraph", longest=NAMES_MAX),
    Field("suppliers_on", "day", required=True),
)
_LOSS = (
    Field("loss_reason", "choice", required=True, choices=LOST_REASONS),
    Field("loss_comment", "paragraph", longest=COMMENT_MAX),
    *(Field(f"loss_{name}", "choice", choices=codes) for name, codes in ANSWERS.items()),
    Field("loss_went_to", longest=RIVAL_MAX),
)


def suppliers(viewer: Viewer, account_id: int, held: Suppliers) -> Sheet:
    """The other suppliers in play, as they stand now."""

    def act(raw: dict[str, Any]) -> int:
        return commands.note_suppliers(viewer, account_id, held.version, raw["suppliers"],
                                       raw["supplier_names"], raw["suppliers_on"])  # fmt: skip

    start = {"suppliers": held.count, "supplier_names": held.names, "suppliers_on": viewer.today}
    return Sheet("signals-suppliers-set", "signals-suppliers-saved", _SUPPLIERS, start, act)


def loss(viewer: Viewer, account_id: int, held: Loss) -> Sheet:
    """Why the customer left."""

    def act(raw: dict[str, Any]) -> int:
        return commands.give_reason(viewer, account_id, held.lost_on, raw["loss_reason"],
                                    raw["loss_comment"], held.version, _survey(raw))  # fmt: skip

    names = {code: reason_name(code, viewer.language) for code in LOST_REASONS}
    for asked, codes in ANSWERS.items():
        names |= {code: answer(f"signals-{asked.replace('_', '-')}", code, viewer.language) for code in codes}
    start = {"loss_reason": held.reason, "loss_comment": held.comment}
    start |= {f"loss_{name}": value for name, value in held.answers.items()}
    return Sheet("signals-loss-set", "signals-loss-saved", _LOSS, start, act, names)


def _survey(raw: dict[str, Any]) -> dict[str, str | None]:
    return {name: raw[f"loss_{name}"] for name in (*ANSWERS, "went_to")}
