"""One account: figures, why its status is what it is, activity beside its own past, and everything on it."""

from functools import partial

import streamlit as st

from lib.accounts import blocks, commands, drawers, nearby, overview, phrases, tables, timeline
from lib.activity import band, charting
from lib.activity.phrases import marks
from lib.audit import history
from lib.contracts import commands as papers
from lib.contracts import queries as contracts
from lib.errors import NotFound
from lib.health.shown import shown
from lib.negotiation import commands as talks
from lib.negotiation import ledger
from lib.negotiation import queries as room
from lib.quotes import commands as quotes
from lib.ui import auditing, forms, frame, health, story, widgets
from lib.ui.i18n import language, t
from lib.ui.story import Act
from lib.ui.widgets import Tile, attempt, badge, card, plain

viewer = frame.open_page("account")
lang = language()
try:
    head = overview.account_head(viewer, frame.asked_id())
except NotFound:
    frame.no_permission()
ask = partial(forms.ask, spoken=forms.Spoken(*phrases.labels(lang), t("accounts-no-choice")))
people, alerts, fresh = (read(viewer, head.id) for read in (blocks.contacts, blocks.alerts, blocks.freshness))


def contract(row: dict | None) -> None:
    ask(drawers.contract(viewer, head, row, papers.create_contract, papers.correct_contract,
                         key=forms.form_key("contracts-create")))  # fmt: skip


def contact(row: dict | None) -> None:
    ask(drawers.contact(viewer, head, row, forms.form_key("account-add-contact")))


def undo(act: object, *args: int) -> None:
    attempt("account-undone", act, viewer, *args)
    st.rerun()


def block(name: str, rows: object, *acts: Act) -> None:
    caption, empty = phrases.updated(name, fresh, lang, viewer.clock_zone), t(f"account-{name}-none")
    said = {"frame": tables.said(name, rows, lang), "rows": rows, "columns": tables.COLUMNS[name]}
    story.block(**said, key=name, empty=empty, caption=caption, acts=acts)


with frame.head(plain(phrases.title(head, lang)), plain(phrases.head_caption(head, lang)), [
    widgets.status_badge(head.standing), *(badge(text) for text in phrases.badges(head, lang))
]):  # fmt: skip
    if viewer.may("quote.write") and st.button(t("account-new-quote"), icon=":material/request_quote:"):
        due = (head.renewal or {}).get("id")
        made = forms.once("quote", "account-quoted", quotes.create_quote, viewer, head.id, renewal_id=due)
        if made:
            frame.go("quotes", id=made)
    if viewer.may("touch.write") and st.button(t("account-log"), icon=":material/call:", type="primary"):
        ask(drawers.outreach(viewer, head, people, talks.log_touch, forms.form_key("account-log")))
    if viewer.may("account.write"):
        more = [*drawers.OWN, *(["undo"] if head.undo_id else [])]
        picked = st.menu_button(t("account-more"), more, format_func=lambda code: t(f"account-{code}"))
        if picked == "undo":
            undo(commands.undo_last, head.undo_id)
        elif picked:
            ask(drawers.OWN[picked](viewer, head))
widgets.tiles([Tile(**figure) for figure in tables.figures(head, viewer.today, lang)])

left, right = st.columns([2, 3], gap="xsmall")
with left, card(phrases.why_title(head, lang), t("account-why-caption"), height="stretch"):
    story.findings(phrases.why(head, alerts, lang), head.standing)
    for alert_id, name in phrases.open_alerts(alerts, lang):
        frame.link("alerts", label=name, icon="notifications", id=alert_id)
    story.facts(tables.facts(nearby.nearby(viewer, head.id), head, lang, viewer.clock_zone))
days, events = charting.series(viewer, head.id)
found = band.finding(days)
with right, card(phrases.activity_title(found, lang), phrases.activity_caption(head, lang), height="stretch"):
    alt, empty = phrases.activity_alt(found, lang), t("account-activity-empty")
    story.activity(days, marks(events, lang), alt_text=alt, empty=empty, language=lang)
health.cards(shown(viewer, head.id, head.standing, lang), ask)
left, right = st.columns([2, 3], gap="xsmall")
with left, card(t("account-promises"), phrases.kept_caption(head, lang)):
    story.dense("promises", ledger.promises(viewer, head.id, status="open"), tables.COLUMNS)
    story.dense("quotes", tables.quotes(room.latest_quotes(viewer, head.id), lang), tables.COLUMNS)
    frame.link("negotiation", label=t("account-open-room"), icon="handshake", account=head.id)
lists = {
    "contract": contracts.contract_of_account(viewer, head.id), "contacts": people, "alerts": alerts,
    "renewals": blocks.renewals(viewer, head.id), "notes": room.notes(viewer, head.id),
    "cases": blocks.cases(viewer, head.id),
}  # fmt: skip
if head.held or people["held"].any():
    lists["held"] = tables.corrected(blocks.held_values(viewer, head.id), head, people, lang)
acts = {
    "contract": [
        Act("contracts-create", "add", contract, needs_row=False), Act("contracts-correct", "edit", contract),
        Act("contracts-undo", "undo", offered=partial(contracts.can_undo, viewer),
            act=lambda row: undo(papers.undo_correction, int(row["id"]), int(row["version"]))),
    ] if viewer.may("contract.write") else [],
    "contacts": [
        Act("account-add-contact", "add", contact, needs_row=False),
        Act("account-correct-contact", "edit", contact),
    ] if viewer.may("contact.write") else [],
}  # fmt: skip
with right, st.container(border=True, height="stretch"):
    names = [t(f"account-tab-{name}", count=len(rows)) for name, rows in lists.items()]
    story_tab, *tabs, past = st.tabs([t("account-tab-timeline"), *names, t("audit-history")])
    with story_tab:
        told = partial(tables.timeline_lines, language=lang, zone=viewer.clock_zone)
        story.timeline(lambda n: told(timeline.timeline(viewer, head.id, n)), t("account-timeline-none"))
    with past:
        auditing.history(partial(history.of_account, viewer, head.id), key="history")
    for tab, (name, rows) in zip(tabs, lists.items(), strict=True):
        with tab:
            block(name, rows, *acts.get(name, []))
            if name == "contract":
                block("periods", contracts.periods_of_account(viewer, head.id))
