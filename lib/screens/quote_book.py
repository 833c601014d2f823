"""What a draft would come to in a newer version or another currency of its price book, and the move there."""

from typing import Any

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.errors import DeskError
from lib.quotes import builder, moving, rebooking
from lib.quotes.rebooking import Target
from lib.screens import quote_draft
from lib.screens.quote_draft import Draft
from lib.ui import acts, undo, widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col, plain

WIDTHS = {"item": 250, "quantity": 80, "old": 130, "new": 130, "change": 120}


def book_card(viewer: Viewer, quote: Any, draft: Draft, language: str) -> None:
    """Says that newer prices exist and what they change; offers the other currencies of the book. Nothing
    for a quote that is out: it keeps its prices."""
    if not quote.may_edit:
        return
    held = moving.books_to_move(viewer, quote.id)
    newer = held.pop(quote.basis.currency, None)
    if newer is not None:
        _newer(viewer, quote, draft, newer, language)
    if held:
        with st.popover(t("rebook-currency"), icon=":material/currency_exchange:", type="tertiary"):
            _currency(viewer, quote, draft, held, language)


def _newer(viewer: Viewer, quote: Any, draft: Draft, book_id: int, language: str) -> None:
    target = _tried(viewer, quote, book_id)
    if target is None:
        return
    title = t("rebook-newer", number=target.number, day=fmt.day(target.valid_from, language))
    sign = "+" if target.change > 0 else ""
    change = sign + fmt.money(target.change, target.currency, language)
    with widgets.card(plain(title), plain(t("rebook-change", change=change))):
        st.caption(t("rebook-newer-note", number=quote.basis.book_number))
        _preview(viewer, quote, draft, target, t("rebook-move", number=target.number), language)


def _currency(viewer: Viewer, quote: Any, draft: Draft, held: dict[str, int], language: str) -> None:
    st.caption(t("rebook-currency-note", currency=quote.basis.currency))
    label = t("rebook-currency-to")
    chosen = st.selectbox(label, list(held), index=None, key=f"{draft.key}currency",
                          placeholder=t("frame-choose", what=label))  # fmt: skip
    target = None if chosen is None else _tried(viewer, quote, held[chosen])
    if target is not None:
        _preview(viewer, quote, draft, target, t("rebook-switch", currency=chosen), language)


def _tried(viewer: Viewer, quote: Any, book_id: int) -> Target | None:
    """None with the reason where the lines have no price there."""
    try:
        return moving.try_book(viewer, quote.id, book_id)
    except DeskError as error:
        st.warning(acts.plain_sentence(error.message_id, error.values), icon=":material/warning:")
        return None


def _preview(viewer: Viewer, quote: Any, draft: Draft, target: Target, label: str, language: str) -> None:
    """Each line on both sides, what would be gone, and the button."""
    key = f"rebook-{target.currency}"
    frame = rebooking.change_frame(target, quote.basis, language)
    money = {"old": {"currency": target.old.currency}, "new": {"currency": target.currency}}
    columns = {
        name: Col(t(f"rebook-col-{name}", **money.get(name, {})),
                  "text" if name in ("item", "quantity") else "figure", width)
        for name, width in WIDTHS.items() if name != "change" or target.same_currency
    }  # fmt: skip
    widgets.table(frame, columns, key=f"{draft.key}{key}", empty=t("builder-no-lines"))
    for said in rebooking.loss_texts(target, quote.basis, language):
        st.markdown(f":material/warning: {plain(said)}")
    drop = target.moved.loses and st.checkbox(t("rebook-drop"), key=f"{draft.key}{key}-drop")
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.button(label, key=f"{key}-go", type="primary", disabled=target.moved.loses and not drop,
                  on_click=_move, args=(viewer, quote, draft, target.book_id, bool(drop)))  # fmt: skip
        widgets.export_menu(f"quote-{quote.id}-prices-{target.currency}", lambda: frame, rows=len(frame))


def _move(viewer: Viewer, quote: Any, draft: Draft, book_id: int, drop: bool) -> None:
    """What stands on screen is written first, so that nothing typed is lost; the way back brings it all."""
    draft = quote_draft.on_screen(draft)
    seen = quote_draft.keep(viewer, draft)
    if seen is None:
        return
    values, lines = draft.values(), builder.kept_lines(draft.rows())
    made = widgets.attempt("rebook-moved", moving.move_book, viewer, quote.id, seen, book_id=book_id,
                           drop=drop)  # fmt: skip
    if made is None:
        return
    draft.renew()

    def back(person: Viewer) -> int:
        return moving.move_book(person, quote.id, made, book_id=quote.basis.book_id, values=values,
                                lines=lines)  # fmt: skip

    undo.offer(t("rebook-moved"), "builder-undone", back, viewer)
