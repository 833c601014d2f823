"""What every command of the command line shares: its words, its refusals, its progress and who it acts as."""

import functools
import getpass
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.exc import OperationalError

from lib import clock, format, words
from lib.access import Viewer
from lib.errors import DeskError
from lib.people.identity import technical_viewer
from lib.store import migrate as schema


class Exit(IntEnum):
    """What the exit code says; 2 comes from the command line's own reader of options."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    PROBLEMS = 3
    UNSOUND = 4


class Language(StrEnum):
    ENGLISH = "en"
    CHINESE = "zh-CN"


errors = Console(stderr=True, highlight=False, soft_wrap=True)
spoken = {"language": "en"}
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]


def say(message_id: str, **values: Any) -> str:
    """The message; whole numbers are written as the language does."""
    language = spoken["language"]
    shown = {k: format.number(v, language) if type(v) is int else v for k, v in values.items()}
    return words.say(language, message_id, **shown)


def tell(message_id: str, **values: Any) -> None:
    typer.echo(say(message_id, **values))


def guarded(fn: Callable) -> Callable:
    """A refusal becomes one sentence and exit code 1; a bug keeps its traceback."""

    @functools.wraps(fn)
    def call(*args: Any, **values: Any) -> None:
        try:
            fn(*args, **values)
        except DeskError as error:
            refuse(error)
        except OperationalError:
            logging.getLogger("vip_desk").exception("the store is away")
            refuse(DeskError("store_unavailable"))

    return call


def refuse(error: DeskError) -> None:
    errors.print(say(error.message_id, **error.values), markup=False)
    raise typer.Exit(Exit.REFUSED)


def technical() -> Viewer:
    """The technical person of a store that is at the newest schema."""
    schema.ensure_current()
    try:
        return technical_viewer(clock.now(), acting_as=getpass.getuser())
    except LookupError:
        raise DeskError("store_outdated") from None


@contextmanager
def progress(steps: str = "daily-step-") -> Iterator[Callable[[str, float | None], None]]:
    """A bar on the error output, drawn only where somebody can see it; `steps` begins the messages' ids."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("", total=1.0)

        def report(step: str, share: float | None) -> None:
            """Without a share the end is not in sight and the bar pulses."""
            total = None if share is None else 1.0
            bar.update(task, description=step_words(steps, step), completed=share or 0.0, total=total)

        yield report


def step_words(steps: str, step: str) -> str:
    """A step in words; tables go by their name."""
    key = steps + step.replace("_", "-")
    return say(key) if words.has(spoken["language"], key) else step
