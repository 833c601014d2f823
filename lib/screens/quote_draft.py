"""The draft as one visitor has it on screen: written on every committed change, undone, or in conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.quotes import builder, commands
from lib.quotes.evaluation import Basis
from lib.quotes.rules import QuoteForm, QuoteStatus
from lib.ui import acts, editor
from lib.ui.i18n import language

UNDO_MAX = 50
_AROUND = "quote-around"  # in the session: id and version the page around the workbench shows


@dataclass
class Draft:
    """`base` is what the widgets were drawn from, `saved` what the store holds as of `version`. `past`: the
    forms before each own change. `dirty`: the last change could not be written."""

    quote_id: int
    version: int
    base: QuoteForm
    saved: QuoteForm
    basis: Basis
    contacts: Mapping[int | None, str]
    epoch: int = 0
    past: list[QuoteForm] = field(default_factory=list)
    dirty: bool = False

    @property
    def key(self) -> str:
        """What the keys of its widgets begin with; a new one draws fresh widgets."""
        return f"q{self.quote_id}e{self.epoch}-"

    def fields(self) -> dict[str, list[dict[str, Any]]]:
        return builder.form_fields(self.base, self.basis, self.contacts, language())

    def values(self) -> dict[str, Any]:
        """The fields as they stand on screen; callbacks read them here, their arguments would be stale."""
        named = [one for group in self.fields().values() for one in group]
        held = {one["name"]: editor.held(self.key, one["name"], one["value"]) for one in named}
        return builder.form_values(self.base, held, self.basis)

    def rows(self) -> list[dict[str, Any]]:
        edits = editor.held(self.key, "lines", {}).get("edited_rows", {})
        return builder.edited_lines(self.base.lines, edits)

    def renew(self) -> None:
        """The next drawing starts from what the store holds."""
        self.version, self.dirty = 0, False


def open_draft(quote: Any, contacts: Mapping[int | None, str], *, arriving: bool = False) -> Draft:
    """The visitor's draft of a quote: as they left it, or afresh where the store has moved on without them.

    A change that could not be written stays on screen until they take theirs or keep their own. `arriving`:
    the page is drawn whole, perhaps after a look at another one, which drops what widgets held.
    """
    name = f"quote-draft-{quote.id}"
    if arriving:
        st.session_state[_AROUND] = quote.id, quote.version
    draft: Draft | None = st.session_state.get(name)
    gone = draft is None or (arriving and draft.key + "title" not in st.session_state)
    if gone or (draft.version != quote.version and not draft.dirty):
        epoch, past = (0, []) if draft is None else (draft.epoch + 1, draft.past)
        draft = Draft(quote.id, quote.version, quote.form, quote.form, quote.basis, contacts, epoch, past)
        st.session_state[name] = draft
    elif draft.version == quote.version:
        draft.saved = quote.form
    return draft


def catch_up(quote: Any) -> None:
    """Head and cards around the workbench say what was true when the page was drawn: once what the store
    holds is another version, the whole page is drawn again, after the workbench has shown it."""
    if st.session_state.get(_AROUND) != (quote.id, quote.version):
        st.rerun()


def on_screen(draft: Draft) -> Draft:
    """The visitor's draft as it is now: the workbench is drawn alone and may have begun a newer one since the
    page around it was drawn."""
    return st.session_state.get(f"quote-draft-{draft.quote_id}", draft)


def keep(viewer: Viewer, draft: Draft, seen_version: int | None = None) -> int | None:
    """Write what stands on screen; the version it became, None when it was refused."""
    return _write(viewer, draft, draft.values(), builder.kept_lines(draft.rows()), seen_version)


def _write(
    viewer: Viewer, draft: Draft, values: Mapping[str, Any], lines: list[Mapping[str, Any]],
    seen_version: int | None = None, done: str | None = None,
) -> int | None:  # fmt: skip
    version = acts.attempt(done, commands.save_draft, viewer, draft.quote_id, seen_version or draft.version,
                           values=values, lines=lines)  # fmt: skip
    if version is None:
        draft.dirty = True
        return None
    if version != draft.version:
        draft.past = [*draft.past, draft.saved][-UNDO_MAX:]
    readdressed = values["contact_id"] != draft.saved.contact_id  # brings the language of its person
    draft.version, draft.dirty = (0 if readdressed else version), False
    return version


def rewrite(viewer: Viewer, draft: Draft, lines: list[Mapping[str, Any]], **values: Any) -> None:
    """Write other lines or values than the widgets hold, and draw afresh."""
    if _write(viewer, draft, draft.values() | values, builder.kept_lines(lines)) is not None:
        draft.renew()


def add(viewer: Viewer, draft: Draft) -> None:
    """The chosen product, bundle or gift as new lines."""
    chosen = [st.session_state.get(f"add-{name}") for name in ("item", "quantity", "gift")]
    new = builder.new_lines(chosen[0] or "", chosen[1], draft.basis, gift=bool(chosen[2]))
    rewrite(viewer, draft, [*draft.rows(), *new])


def undo(viewer: Viewer, draft: Draft) -> None:
    """Back to how it was before the last own change."""
    before = draft.past[-1]
    lines = [builder.stored_line(line) for line in before.lines]
    past = draft.past[:-1]
    if _write(viewer, draft, builder.stored_values(before), lines, done="builder-undone") is not None:
        draft.past = past
        draft.renew()


def keep_mine(viewer: Viewer, draft: Draft, their_version: int) -> None:
    """Write what stands on screen over what somebody else wrote, as of the version that was shown."""
    if keep(viewer, draft, their_version) is not None:
        draft.renew()


def autosaves(status: str) -> bool:
    """A draft is written on every change; whatever waits or was decided only when somebody says so."""
    return status == QuoteStatus.DRAFT
