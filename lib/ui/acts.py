"""Acts on a page: a command with its toast or its refusal, and text made inert."""

import logging
import re
import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.errors import DeskError, NotAllowed
from lib.ui.i18n import t

log = logging.getLogger("vip_desk.pages")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|~$:<>.])")


def plain(text: object) -> str:
    """Text from people or files, made inert for places that render Markdown."""
    return _SPECIAL.sub(r"\\\1", str(text)).replace("\n", " ")


def attempt(done: str | None, act: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """Run a command as a widget's callback: a toast with the `done` message, or its refusal kept for the
    page head. Returns the command's result; None when it was refused.

    A callback runs before the script does, with the viewer of the moment it was drawn: who that is, and what
    time it is, is found anew. Somebody who is out by then is refused.
    """
    try:
        act = _up_to_date(partial(act, *args))
        result = act(**values)
    except DeskError as error:
        st.session_state["_refusal"] = (error.message_id, error.values)
        return None
    except Exception:
        reference = secrets.token_hex(2).upper()
        log.exception("reference %s", reference)
        st.session_state["_refusal"] = ("error-unexpected", {"reference": reference})
        return None
    if done:
        st.session_state["_toast"] = done
    return result


def _up_to_date(act: partial) -> partial:
    """The same call with the viewer as of now, however deep it was bound; a nested partial is flat."""
    args = tuple(renewed(arg) if isinstance(arg, Viewer) else arg for arg in act.args)
    return partial(act.func, *args, **act.keywords)


def renewed(viewer: Viewer) -> Viewer:
    """The viewer as of now, by the way the main script left for it; as given outside the desk (a test).

    Raises NotAllowed("signed_out") when nobody is there any more.
    """
    renew = st.session_state.get("_renew")
    now = renew() if renew else viewer
    if now is None:
        raise NotAllowed("signed_out")
    return now


def recorder() -> Callable[[str, int, str, bytes], None]:
    """What puts a file on record that leaves through the page (name, rows, format, content), by the way the
    main script left for it; nothing outside the desk (a page under test). Asked for while the page is drawn:
    the file itself is made later, beside the script."""
    return st.session_state.get("_record_export") or (lambda *_: None)


def refused() -> bool:
    """Whether the act of this run was refused; a form then keeps what was typed."""
    return "_refusal" in st.session_state


def show_refusal() -> None:
    """The kept refusal or toast, once."""
    done = st.session_state.pop("_toast", None)
    if done:
        st.toast(t(done))
    kept = st.session_state.pop("_refusal", None)
    if kept:
        message, values = kept
        st.error(plain_sentence(message, values), icon=":material/error:")


def plain_sentence(message: str, values: dict[str, object]) -> str:
    """A message whose values may hold text from people: made inert before it is rendered."""
    safe = {k: v if isinstance(v, int) else plain(v) for k, v in values.items()}
    return t(message, **safe)
