"""The record of changes: who did what, when and from where, field by field; and one person's data."""

import secrets
from functools import partial

import streamlit as st

from lib.audit import contact_data, erasure, phrases, queries, rules
from lib.audit.queries import Filters
from lib.errors import NotFound
from lib.flows import recorded
from lib.ui import address, auditing, frame, widgets
from lib.ui.drawer import drawer, facts
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, plain

viewer = frame.open_page("audit")
lang, zone, state = language(), viewer.clock_zone, st.session_state
PAGE, BARE = 50, {"label_visibility": "collapsed"}
PERIODS = ("all", "1", "7", "30", "90", "365")
WIDTHS = {"when": 132, "who": 130, "what": 190, "about": 230, "fields": 250, "reason": 160}


def clear() -> None:
    for name in ("person", "kind", "period", "account"):
        st.query_params.pop(name, None)


def chosen(name: str, words: dict[str, str], width: int) -> str | None:
    """A select whose first code stands for no filter."""
    code = address.choice(st.selectbox, t(f"audit-{name}"), list(words), key=name, default=next(iter(words)),
                          format_func=words.get, width=width, **BARE)  # fmt: skip
    return None if code == next(iter(words)) else code


def about(row) -> None:
    """One entry: facts, then every field before and after."""
    facts(phrases.facts(row, lang, zone))
    auditing.fields(phrases.change_rows(row, lang, zone))
    if row.account and row.account == row.account:
        frame.link("account", label=plain(row.account), icon="apartment", id=int(row.account_id))


def filters() -> Filters:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        kinds = {kind: phrases.kind_words(kind, lang) for kind in rules.KINDS}
        kind = chosen("kind", {"all": t("audit-kind-all")} | kinds, 170)
        people = {str(key): name for key, name in queries.people(viewer).items()}
        person = chosen("person", {"all": t("audit-person-all")} | people, 170)
        period = chosen("period", {code: t(f"audit-period-{code}") for code in PERIODS}, 130)
        find = partial(queries.find_accounts, viewer, account_id=frame.asked_id("account"))
        address.record(find, key="account", label=t("audit-account-any"), search=t("audit-account-find"))
        account = frame.asked_id("account")
        if any((kind, person, period, account)):
            st.button(t("audit-clear"), type="tertiary", icon=":material/close:", on_click=clear)
    first = queries.day_before(viewer, int(period) - 1) if period else None
    return Filters(int(person) if person else None, account, kind, None, first)


def draw_record(wanted: Filters, total: int) -> None:
    if not total:
        widgets.nothing(t("audit-none" if wanted == Filters() else "audit-none-match"))
        return
    table, below = st.container(), st.container(horizontal=True, horizontal_alignment="distribute")
    with below:
        label, pages = st.empty(), -(-total // PAGE)
        page = st.pagination(pages, key=f"page-{wanted}") if pages > 1 else 1
    begin = (page - 1) * PAGE
    found = queries.entries(viewer, wanted, PAGE, begin)
    label.caption(t("audit-rows", first=begin + 1, last=begin + len(found), total=total))
    columns = {name: Col(t(f"audit-col-{name}"), width=width) for name, width in WIDTHS.items()}
    with table:
        st.caption(t("audit-hint"))
        at = widgets.table(phrases.listed(found, lang, zone), columns, key="audit", select=True, empty="")
    picked = None if at is None else int(found.id.iloc[at])
    if picked != state.get("audit-picked"):
        for row in found[found.id == picked].itertuples():
            drawer(phrases.command_words(row.command, lang), about, row)
    state["audit-picked"] = picked


def erase(data: contact_data.ContactData, reason: str) -> None:
    widgets.attempt(
        "audit-personal-done", erasure.erase_contact, viewer, data.contact_id, data.version, reason
    )


def draw_personal() -> None:
    with st.container(horizontal=True):
        find = partial(contact_data.find_contacts, viewer)
        address.record(find, key="contact", label=t("audit-personal-choose"), search=t("audit-personal-find"))
    try:
        data = contact_data.contact_data(viewer, frame.asked_id("contact") or 0)
    except NotFound:
        widgets.nothing(t("audit-personal-none"))
        return
    auditing.held(plain(f"{data.name} · {data.account}"), phrases.counted_parts(data, lang))
    with widgets.card(t("audit-personal-export")):
        makers = (partial(make, viewer, data.contact_id) for make in recorded.CONTACT_FILES)
        auditing.files(f"person-{data.contact_id}-{secrets.token_hex(6)}", *makers)
    auditing.lists([(t("audit-personal-goes"), [] if data.erased else phrases.goes(data, lang)),
                    (t("audit-personal-stays"), phrases.stays(data, lang))])  # fmt: skip
    if not data.erased:
        with widgets.card(t("audit-personal-erase")):
            auditing.erase(f"contact-{data.contact_id}", partial(erase, data))


top, views = st.container(), ("record", "personal")
personal = viewer.may("contact.erase") and address.asked("view", views, "record") == "personal"
wanted = Filters() if personal else filters()
total = 0 if personal else queries.count(viewer, wanted)
caption = t("audit-personal-text") if personal else t("audit-caption", count=total)
with top, frame.head(t("audit-title"), caption):
    if viewer.may("contact.erase"):
        address.choice(st.segmented_control, t("audit-view"), views, key="view", default="record",
                       format_func=lambda v: t(f"audit-view-{v}"), **BARE)  # fmt: skip
    if total and viewer.may("export.run"):
        make = partial(queries.entries, viewer, wanted, queries.MOST)
        widgets.export_menu("audit", lambda: phrases.exported(make(), lang, zone), rows=total)
draw_personal() if personal else draw_record(wanted, total)
