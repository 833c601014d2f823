"""The script of every run: prepares the store, finds the viewer, lists their pages, draws the sidebar."""

import base64
import time
from functools import partial

import streamlit as st

from lib import clock, person_menu, start
from lib import format as fmt
from lib.access import Role, Viewer
from lib.audit.commands import leave
from lib.edge import visit
from lib.flows import background, daily, fulfilling, messenger
from lib.people import commands, identity
from lib.settings import ROOT, settings
from lib.today.marks import marks
from lib.ui import entrance, finder, frame
from lib.ui.acts import attempt, plain
from lib.ui.charts import colours
from lib.ui.frame import GROUPS, SCREENS
from lib.ui.i18n import browsers, language, t
from lib.ui.theme import steady
from lib.words import LANGUAGES

POLL_SECONDS = 2
# Within the page itself: visitors who are not signed in get no file.
_ICON = (ROOT / "data" / "brand" / "icon.png").read_bytes()
ICON = f"data:image/png;base64,{base64.b64encode(_ICON).decode()}"
_LOGO = """<svg xmlns="http://www.w3.org/2000/svg" width="150" height="32" viewBox="0 0 150 32">
<g fill="none" stroke="{mark}" stroke-width="2" stroke-linejoin="round">
<path d="M7 6h18l5 7-14 15L2 13z"/><path d="M2 13h28M10 13l6 15 6-15-6-7z" stroke-width="1.6"/></g>
<text x="40" y="22" font-family="'Source Sans Pro', 'Segoe UI', Helvetica, Arial, sans-serif" font-size="18"
 font-weight="700" fill="{ink}">VIP Desk</text></svg>"""


def main() -> None:
    """One run. `st.navigation` is called on every path: pages lie apart from this script, so that
    Streamlit never serves one of them by itself."""
    st.set_page_config(page_title="VIP Desk", page_icon=ICON, layout="wide", initial_sidebar_state=224)
    state = start.preparation(browsers())
    if not state.done:

        def preparing() -> None:
            _preparing(state)

        _alone(preparing)
        return
    if settings().has_provider and visit.is_somebody_else():
        visit.start_anew()
    viewer = _viewer()
    if viewer is None:
        _alone(_sign_in if settings().has_provider else _nobody)
        return
    st.session_state["viewer"] = viewer
    st.session_state["_renew"] = _viewer  # callbacks run before the script and ask who is there by then
    st.session_state["_record_export"] = partial(leave, viewer)  # what puts files on record that leave
    pages = {
        name: st.Page(ROOT / "pages" / f"{name}.py", title=t(f"frame-page-{name}"), url_path=name,
                      default=name == "today")
        for name, screen in SCREENS.items()
        if viewer.may(screen.permission)
    }  # fmt: skip
    st.session_state["_pages"] = pages
    closed = [
        st.Page(frame.no_permission, title="VIP Desk", url_path=name) for name in SCREENS if name not in pages
    ]
    chosen = st.navigation([*pages.values(), *closed], position="hidden")
    wanted = st.session_state.pop("_go", None)
    if wanted in pages:
        st.switch_page(pages[wanted])
    if finder.waits() and "search" in pages and chosen is not pages["search"]:
        _sidebar(viewer, pages, "search")
        finder.leave(pages["search"])
        return
    _sidebar(viewer, pages, next((name for name, page in pages.items() if page == chosen), ""))
    chosen.run()


def _alone(body) -> None:  # noqa: ANN001 - a function without arguments
    """A single page for a visitor who cannot enter yet; any deep link is kept in the address."""
    st.session_state.pop("viewer", None)
    st.set_page_config(initial_sidebar_state="collapsed")  # somebody who was in before leaves it behind
    pages = [st.Page(body, title="VIP Desk", default=True, url_path="start")]
    pages += [st.Page(body, title="VIP Desk", url_path=name) for name in SCREENS]
    st.navigation(pages, position="hidden").run()


def _preparing(state: start.Preparation) -> None:
    """How far it is; then the desk, or why it stopped. A reload tries again."""
    with st.columns([1, 1.4, 1])[1], st.container(border=True):
        if settings().may_be_demo:
            st.markdown(f"**{t('frame-preparing-title')}**")
            st.caption(t("frame-preparing-text"))
        bar = st.progress(0.0, text=_step(state.step))
        while not (state.done or state.problem):
            bar.progress(min(1.0, state.share), text=_step(state.step))
            time.sleep(0.2)
        if state.problem:
            bar.error(t(state.problem))
            st.stop()
    st.rerun()


def _step(step: str) -> str:
    return t("frame-preparing-store") if step == "store" else t(f"demo-step-{step}")


def _sign_in() -> None:
    """For somebody the provider vouches for and the desk has no place for: why not. Else the way in."""
    found = visit.admission()
    if found is not None and found.why == "no_role":
        entrance.nobody_mapped(found.name or "", identity.names_of_admins(language()), visit.leave)
    else:
        entrance.sign_in(visit.enter, found.why if found else None)


def _nobody() -> None:
    if not visit.is_let_in():
        entrance.no_key()
        return
    with st.columns([1, 1.4, 1])[1], st.container(border=True):
        st.markdown(t("frame-nobody"))


def _viewer() -> Viewer | None:
    """Who is there, read anew from the store on every run: the person who signed in; without a provider the
    chosen local person, else the first there is, for a browser that was let in."""
    if settings().has_provider:
        found = visit.admission()
        return found.viewer if found else None
    if not visit.is_let_in():
        return None
    now, where = clock.now(), visit.address()
    chosen = st.session_state.get("person_id")
    viewer = identity.viewer_of(chosen, now, address=where) if chosen is not None else None
    if viewer is not None and viewer.roles:
        return viewer
    people = identity.local_people()
    if people.empty:
        return None
    st.session_state["person_id"] = int(people.iloc[0]["id"])
    return identity.viewer_of(st.session_state["person_id"], now, address=where)


def _sidebar(viewer: Viewer, pages: dict, shown: str) -> None:
    with st.sidebar:
        paint = colours()
        st.logo(_LOGO.format(mark=paint.accent, ink=paint.text), size="medium")
        if "search" in pages:
            finder.box()
        person_menu.recent_items(viewer, shown)
        waiting = _waiting(viewer)
        for group in GROUPS:
            mine = [s for s in SCREENS.values() if s.group == group and s.listed and s.name in pages]
            if mine:
                with st.container(gap="xxsmall"):
                    st.caption(t(f"frame-group-{group}"))
                    for screen in mine:
                        st.page_link(
                            pages[screen.name], icon=f":material/{screen.icon}:",
                            label=t(f"frame-page-{screen.name}") + waiting.get(screen.name, ""),
                        )  # fmt: skip
        _person_menu(viewer)
        if not settings().has_provider:
            st.badge(t("frame-local"), icon=":material/computer:", color="gray", help=t("frame-local-help"))
            _demo_mark()
        _day_mark(viewer)


def _waiting(viewer: Viewer) -> dict[str, str]:
    """The grey counts beside page links; a page without anything waiting has none."""
    if not viewer.may("today.read"):
        return {}
    found = marks(viewer)
    counts = {"alerts": found.alerts, "approvals": found.approvals}
    return {page: f" :gray[{fmt.number(count, viewer.language)}]" for page, count in counts.items() if count}


def _day_mark(viewer: Viewer) -> None:
    """A new day is evaluated beside the visitors, who work on the last finished one meanwhile."""
    background.start(clock.now, "desk")
    messenger.start(clock.now, "desk")
    fulfilling.start(clock.now, "desk")
    if settings().quote_smtp is not None:
        from lib.flows import send_quote  # what it loads, most desks never need

        send_quote.start(clock.now, "desk")
    if daily.state(viewer).running is not None:
        st.fragment(_running_day, run_every=POLL_SECONDS)(viewer)


def _running_day(viewer: Viewer) -> None:
    """How far the day is; looked at again by itself, until it is done and the mark goes."""
    state = daily.state(viewer)
    if state.running is None:
        return
    day = fmt.day(state.running, viewer.language)
    st.progress(min(1.0, state.share), text=t("frame-day-running", day=day))


def _person_menu(viewer: Viewer) -> None:
    leaves, standing = False, person_menu.stand_ins(viewer)
    with st.popover(plain(viewer.name), icon=":material/account_circle:", type="tertiary"):
        if not settings().has_provider:
            _work_as(viewer)
        st.segmented_control(
            t("frame-language"), LANGUAGES, default=viewer.language, required=True,
            key=f"spoken-{viewer.person_id}",  # each person's own, or the browser keeps the former choice
            format_func=lambda code: steady(t(f"frame-language-{code.lower()}")), on_change=_switch_language,
            args=(viewer,),
        )  # fmt: skip
        wanted = person_menu.entries(viewer, standing)
        if settings().has_provider:
            leaves = st.button(t("entrance-leave"), icon=":material/logout:", width="stretch", key="leave")
    person_menu.open_form(viewer, wanted)
    if leaves:
        visit.leave()


def _work_as(viewer: Viewer) -> None:
    names = _names_of_people(viewer.language)
    key = f"work-as-{viewer.person_id}-{viewer.language}"
    st.selectbox(
        t("frame-work-as"), list(names), index=list(names).index(viewer.person_id),
        format_func=names.get, on_change=_switch_person, args=(key,),
        # The browser answers with the option's words: in another language they would name nobody,
        # and nobody counts as the first person of the list.
        key=key,
    )  # fmt: skip


def _names_of_people(language: str) -> dict[int, str]:
    """Name and role of everybody a local visitor may work as, by id."""
    people = identity.local_people()
    spoken = people["name_zh"] if language == "zh-CN" else people["name"]
    roles = {role: t("frame-role-" + role.replace("_", "-")) for role in set(people["role"])}
    rows = zip(people["id"], spoken, people["name"], people["role"], strict=True)
    return {int(i): f"{said or name} · {roles[role]}" for i, said, name, role in rows}


def _switch_person(key: str) -> None:
    st.session_state["person_id"] = st.session_state[key]


def _switch_language(viewer: Viewer) -> None:
    attempt(None, commands.choose_language, viewer, st.session_state[f"spoken-{viewer.person_id}"])


def _demo_mark() -> None:
    from lib import demo  # late: only a local desk asks

    if not (settings().is_embedded and demo.is_demo()):
        return
    st.badge(t("frame-demo"), icon=":material/science:", color="violet", help=t("frame-demo-help"))
    if st.button(t("frame-start-own"), key="start-own", type="tertiary", icon=":material/restart_alt:"):
        _start_own()


def _start_own() -> None:
    st.dialog(t("frame-start-own-title"), width="small")(_confirm_start)()


def _confirm_start() -> None:
    st.write(t("frame-start-own-text"))
    if st.button(t("frame-start-own-button"), type="primary", key="start-own-yes"):
        from lib import demo
        from lib.flows import send_quote

        background.stop()
        messenger.stop()
        fulfilling.stop()
        send_quote.stop()
        attempt(None, demo.start_empty, browsers())
        start.forget()
        visit.let_in()
        first = identity.local_people()
        st.session_state["person_id"] = int(first[first["role"] == Role.ADMIN]["id"].iloc[0])
        st.session_state["_go"] = "imports"
        st.rerun()


main()
