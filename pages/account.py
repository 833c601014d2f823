"""One account: figures, why its status is what it is, activity beside its own past, and everything on it."""

from lib.accounts.portrait import portrait
from lib.health.shown import shown
from lib.screens import (
    account_changes,
    account_concessions,
    account_growth,
    account_head,
    account_lists,
    account_now,
    account_place,
    account_plays,
    account_portrait,
    account_requests,
    account_rivals,
    account_segments,
    agreed_prices,
    fulfilment_statement,
)
from lib.ui import frame, health
from lib.ui.i18n import language

viewer = frame.open_page("account")
place = account_place.opened(viewer, frame.asked_id(), language())
account, lang = place.head.id, place.language
found = portrait(viewer, account)

account_head.head(place, found)
account_now.now(place)
health.cards(shown(viewer, account, place.head.standing, lang), place.ask)
account_segments.segments(viewer, account, lang)
account_portrait.portrait(place, found)
fulfilment_statement.cards(viewer, account, lang)
# Parts of other capabilities: one line each, `account_<part>.<part>(viewer, account, lang)`.
account_rivals.rivals(place)
account_plays.plays(viewer, account, lang)
account_growth.growth(viewer, account, lang)
account_concessions.concessions(viewer, account, lang)
account_requests.requests(viewer, account, lang)
agreed_prices.of_account(viewer, account, place.head.values["currency"], lang)
account_changes.changes(place)
account_lists.lists(place)
