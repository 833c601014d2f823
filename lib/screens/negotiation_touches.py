"""The latest contacts of an account on its negotiation page, and the form that logs one."""

import pandas as pd

from lib.access import Viewer
from lib.flows import talking
from lib.negotiation import phrases, queries
from lib.ui.i18n import t
from lib.ui.sending import form
from lib.ui.thread import lines

SHOWN = 6


def draw(viewer: Viewer, account_id: int, touches: pd.DataFrame, language: str) -> None:
    zone = viewer.clock_zone
    latest = touches.head(SHOWN).itertuples()
    told = ((one.summary, phrases.touched(one, zone, language)) for one in latest)
    lines(told, t("negotiation-touches-empty"))
    if viewer.may("touch.write"):
        people = queries.contacts(viewer, account_id).itertuples()
        form("touch", t("negotiation-log-touch"), "negotiation-touch-logged", talking.log_touch_on, viewer,
             account_id, fields=phrases.touch_fields(people, viewer.now, zone, language), owner=account_id,
             behind=t("negotiation-log-touch"), icon=":material/call:")  # fmt: skip
