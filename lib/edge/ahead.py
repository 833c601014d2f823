"""Loads what the first page needs while the first visitor's browser still fetches its files: the server
answers before any table or figure is loaded, and nobody waits for them twice."""

import ast
import logging
import threading

from lib.settings import ROOT, channels, settings

log = logging.getLogger("vip_desk.edge")
SCRIPTS = ("lib/desk.py", "pages/today.py")  # the script of every run, and the page most visits begin with


def start() -> None:
    """One thread, which ends once everything is loaded."""
    threading.Thread(target=_work, name="load-ahead", daemon=True).start()


def _work() -> None:
    try:
        for script in SCRIPTS:
            load(script)
        if channels() or settings().quote_smtp:  # what waits does not wait for the first visitor
            _begin_to_send()
    except Exception:  # whoever comes first meets it again, and is told
        log.exception("what the first page needs could not be loaded")


def load(script: str) -> None:
    """Run the imports of a script, and nothing else of it."""
    path = ROOT / script
    found = ast.parse(path.read_text(encoding="utf-8"), filename=script)
    found.body = [node for node in found.body if isinstance(node, ast.Import | ast.ImportFrom)]
    exec(compile(found, script, "exec"), {})  # noqa: S102 - our own lines


def _begin_to_send() -> None:
    from lib import clock
    from lib.flows import messenger, send_quote

    messenger.start(clock.now, "desk")
    send_quote.start(clock.now, "desk")
