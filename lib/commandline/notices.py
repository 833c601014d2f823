"""python -m lib notices …: send what waits, for a desk nobody has open, or beside one."""

import time
from dataclasses import replace
from typing import Annotated

import typer

from lib import clock
from lib.commandline.console import guarded, say, technical, tell
from lib.settings import channels

PAUSE_SECONDS = 20.0
app = typer.Typer(no_args_is_help=True, help="Messages that leave the desk: send.")


@app.callback()
def main() -> None:
    """Messages that leave the desk."""


@app.command()
@guarded
def send(
    watch: Annotated[bool, typer.Option("--watch", help="Go on until it is stopped.")] = False,
) -> None:
    """Send the messages that are due and say what became of them. Several senders at once never send one
    message twice.
    """
    from lib.flows import notices

    if not channels():
        tell("cli-notices-no-channels")
        return
    viewer = technical()
    while True:
        done = notices.send_waiting(replace(viewer, now=clock.now()), clock.now)
        for state, count in done.items():
            tell("cli-notices-line", what=say(f"notices-state-{state}"), count=count)
        if not watch:
            break
        time.sleep(PAUSE_SECONDS)
    if not done:
        tell("cli-notices-none")
