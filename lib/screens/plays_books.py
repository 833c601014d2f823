"""What each playbook says, its versions, and the editor that publishes the next one."""

from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.errors import DeskError
from lib.playbooks import acting, phrases, plan, queries
from lib.ui import frame, widgets
from lib.ui.acts import plain_sentence
from lib.ui.i18n import t
from lib.ui.sending import send
from lib.ui.widgets import Col, badge, plain, small

NEW = "new"
_WORDS = ("title_en", "title_zh", "owner", "anchor", "after", "every", "closes", "only_if", "automatic",
          "text_en", "text_zh")  # fmt: skip


def books(viewer: Viewer, lang: str) -> None:
    """Every playbook as a card with its steps; for those who may, a way to the editor."""
    may = viewer.may("playbook.write")
    for one in queries.books(viewer):
        caption = t("playbooks-def-caption", number=one.number,
                    triggers=phrases.started_by(one.book.triggers, lang))  # fmt: skip
        with widgets.card(plain(one.book.name(lang)), caption):
            off = "" if one.book.active else f" {badge(t('playbooks-def-off'))}"
            st.markdown(small(plain(one.book.about(lang)), "gray") + off)
            _definition(one, lang)
            with st.container(horizontal=True):
                _texts(one, lang)
                _versions(viewer, one)
                if may:
                    _open(one.book.code, t("playbooks-edit"), "edit")
    if may:
        _open(NEW, t("playbooks-edit-new"), "add")


def _open(code: str, label: str, icon: str) -> None:
    st.button(label, key=f"edit-{code}", icon=f":material/{icon}:", type="tertiary",
              on_click=st.query_params.__setitem__, args=("edit", code))  # fmt: skip


def edit(viewer: Viewer, code: str, lang: str) -> None:
    """The editor of one playbook, or of a new one. An unknown code is a new one's."""
    held = {one.book.code: one for one in queries.books(viewer)}
    one = held.get(code)
    title = plain(one.book.name(lang)) if one else t("playbooks-edit-new")
    with frame.head(title, t("playbooks-edit-hint")):
        st.button(t("playbooks-back-books"), icon=":material/arrow_back:", type="tertiary",
                  on_click=st.query_params.pop, args=("edit", None))  # fmt: skip
    if one is None:
        typed = st.text_input(t("playbooks-edit-code"), key="new-playbook", max_chars=48, width=320)
        _editor(viewer, typed, 0, {"steps": []}, lang)
    else:
        _editor(viewer, code, one.number, one.body, lang)


def _definition(one: queries.Held, lang: str) -> None:
    rows = phrases.definition(one.book, lang)
    widgets.table(rows, {
        "step": Col(t("playbooks-def-step"), width=300), "who": Col(t("playbooks-def-who"), width=80),
        "when": Col(t("playbooks-def-when"), width=210),
        "closes": Col(t("playbooks-def-closes"), width=220), "only": Col(t("playbooks-def-only"), width=180),
    }, key=f"def-{one.book.code}", empty=t("playbooks-empty-steps"))  # fmt: skip
    if one.book.milestones:
        names = " · ".join(m.title(lang) for m in one.book.milestones)
        st.markdown(small(plain(t("playbooks-def-milestones", names=names)), "gray"))


def _texts(one: queries.Held, lang: str) -> None:
    """What a step sends, in the reader's language: step by step, with the gaps that are filled in."""
    told = [(step.title(lang), step.text(lang)) for step in one.book.steps if step.text(lang)]
    if not told:
        return
    with st.popover(t("playbooks-def-text"), icon=":material/chat:", type="tertiary", width="content"):
        for title, text in told:
            st.markdown(f"**{plain(title)}**")
            st.markdown(small(plain(text), "gray"), width=420)


def _versions(viewer: Viewer, one: queries.Held) -> None:
    with st.popover(t("playbooks-versions"), icon=":material/history:", type="tertiary"):
        rows = queries.versions(viewer, one.book.code)
        rows["author"] = rows["author"].fillna(t("playbooks-version-shipped"))
        widgets.table(rows, {
            "number": Col(t("playbooks-version-number"), "number", 60),
            "published_at": Col(t("playbooks-version-when"), "moment", 140),
            "author": Col(t("playbooks-version-who"), width=90),
            "reason": Col(t("playbooks-version-why"), width=200),
            "running": Col(t("playbooks-version-running"), "number", 110),
        }, key=f"versions-{one.book.code}", empty=t("playbooks-empty-steps"))  # fmt: skip


def _editor(viewer: Viewer, code: str, number: int, body: dict[str, Any], lang: str) -> None:
    """The playbook as fields and a table of steps; what differs is shown before it is published."""
    key = f"edit-{code if number else NEW}-{number}"
    made: dict[str, Any] = dict(body)
    for pair in (("name_en", "name_zh"), ("about_en", "about_zh")):
        for place, name in zip(st.columns(2), pair, strict=True):
            label = phrases.value_name(name, lang)
            made[name] = place.text_input(label, body.get(name, ""), key=f"{key}-{name}", max_chars=500)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        made["triggers"] = st.multiselect(
            phrases.value_name("triggers", lang), list(plan.TRIGGERS), list(body.get("triggers", ())),
            key=f"{key}-triggers", format_func=lambda one: phrases.trigger(one, lang),
        )  # fmt: skip
        active = body.get("active", True)
        made["active"] = st.checkbox(phrases.value_name("active", lang), active, key=f"{key}-active")
    table = st.data_editor(_rows(body), key=f"{key}-steps", num_rows="dynamic", hide_index=True,
                           column_config=_columns(lang), height=260)  # fmt: skip
    made["steps"] = _steps(table, body)
    changed = plan.differences(body, made)
    if number and not changed:
        st.caption(t("playbooks-edit-none", number=number))
        return
    try:
        plan.check(made)
    except DeskError as error:
        st.warning(plain_sentence(error.message_id, error.values), icon=":material/warning:")
        return
    columns = {"step": 130, "what": 150, "before": 250, "after": 250}
    words = {"step": "playbooks-def-step", "what": "playbooks-edit-preview",
             "before": "playbooks-edit-before", "after": "playbooks-edit-after"}  # fmt: skip
    widgets.table(phrases.changes(changed, lang),
                  {name: Col(t(words[name]), width=width) for name, width in columns.items()},
                  key=f"{key}-changes", empty=t("playbooks-edit-none", number=number))  # fmt: skip
    st.text_input(t("playbooks-edit-why"), key=f"{key}-why", max_chars=1_000)
    st.button(t("playbooks-edit-publish", number=number + 1), key=f"{key}-publish", type="primary",
              on_click=send, kwargs={"fields": {"reason": f"{key}-why"}},
              args=("playbooks-published", acting.publish_playbook, viewer, code, number, made))  # fmt: skip


def _rows(body: dict[str, Any]) -> pd.DataFrame:
    empty = {"closes": [], "automatic": False, "every": "once", "owner": "owner", "anchor": "start"}
    rows = [
        {"code": step["code"]} | {name: step.get(name, empty.get(name, "")) for name in _WORDS}
        for step in body.get("steps", ())
    ]
    frame = pd.DataFrame(rows, columns=["code", *_WORDS])
    frame["after"] = frame["after"].map(str)
    return frame


def _columns(lang: str) -> dict[str, Any]:
    cc, name = st.column_config, phrases.value_name

    def menu(column: str, codes: tuple[str, ...], prefix: str) -> Any:
        words = {"": ""} | {c: t(f"playbooks-{prefix}-{c.replace('_', '-')}") for c in codes}
        return cc.SelectboxColumn(name(column, lang), options=list(words), format_func=words.get, width=130)

    return {
        "code": cc.TextColumn(name("code", lang), width=90),
        "title_en": cc.TextColumn(name("title_en", lang), width=200),
        "title_zh": cc.TextColumn(name("title_zh", lang), width=160),
        "owner": menu("owner", plan.OWNERS, "owner"),
        "anchor": menu("anchor", plan.ANCHORS, "anchor"),
        "after": cc.TextColumn(name("after", lang), width=80),
        "every": menu("every", plan.RHYTHMS, "rhythm"),
        "closes": cc.MultiselectColumn(
            name("closes", lang), options=list(plan.CLOSES), width=170,
            format_func=lambda one: t(f"playbooks-closes-{one.replace('_', '-')}"),
        ),
        "only_if": menu("only_if", plan.CONDITIONS, "only"),
        "automatic": cc.CheckboxColumn(name("automatic", lang), width=90),
        "text_en": cc.TextColumn(name("text_en", lang), width=220),
        "text_zh": cc.TextColumn(name("text_zh", lang), width=220),
    }  # fmt: skip


def _steps(table: pd.DataFrame, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The edited rows as steps; what the table does not show of a step stays as it was."""
    before = {step["code"]: step for step in body.get("steps", ())}
    steps = []
    for place, row in enumerate(table.to_dict("records"), 1):
        held = {name: _clean(name, row.get(name)) for name in _WORDS}
        code = str(row.get("code") or f"step_{place}").strip()
        old = before.get(code, {})
        kept = {name: value for name, value in held.items() if value != _EMPTY.get(name) or name in old}
        steps.append(old | kept | {"code": code})
    return steps


_EMPTY: dict[str, Any] = {"closes": [], "automatic": False, "every": "once", "only_if": "", "text_en": "",
                          "text_zh": "", "owner": "", "anchor": ""}  # fmt: skip


def _clean(name: str, value: Any) -> Any:
    """A cell as a version keeps it: days as a number, or as the name of a number of the policy."""
    if name == "closes":
        return [str(one) for one in value] if isinstance(value, list | tuple) else []
    if name == "automatic":
        return value is True or str(value) == "True"
    text = "" if value is None or value != value else str(value).strip()
    if name == "after":
        digits = text.replace("−", "-").removesuffix(".0")
        return int(digits) if digits.lstrip("-").isdigit() else (text or 0)
    return text
