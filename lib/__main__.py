"""The command line: python -m lib COMMAND. Results on standard output, progress and refusals on the error
output.

It acts as the technical person of the store; the operating-system user is kept in the audit.
"""

import getpass
import logging
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from lib import clock, format
from lib.commandline import notices, person
from lib.commandline.console import (
    Day,
    Exit,
    Language,
    errors,
    guarded,
    progress,
    say,
    spoken,
    step_words,
    technical,
    tell,
)
from lib.errors import Invalid
from lib.imports.kinds import KINDS
from lib.settings import settings
from lib.store import migrate as schema
from lib.store import outfile

KindOfFile = StrEnum("KindOfFile", {name: name for name in KINDS})
KindOfExport = StrEnum("KindOfExport", {name: name for name in (*KINDS, "account_days", "alerts")})
Form = StrEnum("Form", {name: name for name in ("csv", "xlsx", "json", "parquet")})
SHOWN = 20  # problems of an import that are shown where no file was asked for


EPILOG = (
    "Exit codes: 0 done; 1 refused or failed, nothing was changed; 2 the command was not understood; "
    "3 done, but rows of the file were left out and reported; 4 the check found faults."
)
app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, epilog=EPILOG)


app.add_typer(person.app, name="person")
app.add_typer(notices.app, name="notices")


@app.callback()
def main(
    lang: Annotated[Language, typer.Option(help="Language of the messages.")] = Language.ENGLISH,
) -> None:
    """VIP Desk's store from the command line. VIP_DESK_DATABASE_URL names the store."""
    spoken["language"] = str(lang)
    logging.basicConfig(level=settings().log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _tell_counts(done: dict[str, int]) -> None:
    for step, count in done.items():
        tell("cli-count", what=step_words("cli-step-", step), count=count)


@app.command()
@guarded
def migrate() -> None:
    """Make the store, or bring it to the newest schema. No demo data; doing it again changes nothing."""
    from lib.flows.prepare import prepare

    before = schema.current()
    prepare(clock.now())
    tell("cli-migrated" if before != schema.current() else "cli-current", version=schema.current())


@app.command()
@guarded
def demo() -> None:
    """Fill an empty store with demo data, or add the days a demo store has missed."""
    from lib import demo as generator
    from lib.flows import daily as days
    from lib.flows.prepare import prepare

    prepare(clock.now())
    with progress("demo-step-") as report:
        if not generator.is_demo():
            generator.fill(report, clock.now())
            tell("cli-demo-made")
            return
        added = generator.add_missing_days(clock.now())
        days.run_missing_days(technical(), progress=report)
    tell("cli-demo-added", days=added)


@app.command()
@guarded
def daily(as_of: Day = None) -> None:
    """Run what a new day brings: roll-up, alerts, renewals, quote expiry, tasks.

    Without --as-of every morning up to today that is still missing; with it that one morning, again if
    it was run before.
    """
    from lib.flows import daily as days

    viewer = technical()
    with progress() as report:
        if as_of is None:
            ran = days.run_missing_days(viewer, progress=report)
            tell("cli-days-run", days=ran, through=str(viewer.today))
            return
        _tell_counts(days.run_day(viewer, as_of.date(), report))


@app.command()
@guarded
def replay(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")],
) -> None:
    """Walk the activity rules over past mornings, as if the desk had run then.

    Alerts of these days that nobody worked on are found anew; the others stay.
    """
    from lib.flows import daily as days

    viewer = technical()
    if first > last:
        raise Invalid("range_backwards")
    if last.date() > viewer.today:
        raise Invalid("range_in_future", today=str(viewer.today))
    with progress() as report:
        _tell_counts(days.replay(viewer, first.date(), last.date(), report))


@app.command("import")
@guarded
def import_(
    kind: KindOfFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)],
    preset: Annotated[str | None, typer.Option(help="A saved or shipped column mapping, by name.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge every row, write nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Take all rows or none.")] = False,
    problems: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the rows left out here, with line and reason.")
    ] = None,
) -> None:
    """Import a CSV, XLSX or Parquet file of any size: the good rows in one transaction, the others reported.

    Without --preset the columns' own names decide. The same file again changes nothing.
    """
    from lib.flows.import_file import import_path

    viewer = technical()
    if problems:
        outfile.must_be_new(problems)
    with progress() as report:

        def count(rows: int) -> None:
            report(say("cli-import-rows", count=rows), None)

        result = import_path(viewer, str(kind), file, preset, dry_run, strict, progress=count)
    _tell_import(result, dry_run, problems)
    if result.refused:
        raise typer.Exit(Exit.REFUSED)
    if result.reported:
        raise typer.Exit(Exit.PROBLEMS)


def _tell_import(result: Any, dry_run: bool, problems: Path | None) -> None:
    """Counts that add up on standard output, the problems in the file asked for or on the error output."""
    from lib.imports.results import problem_frame
    from lib.sheet import FORMATS

    for fate in ("read", "stored", "changed", "unchanged", "reported", "blank", "warnings"):
        tell("cli-count", what=say(f"cli-import-{fate}"), count=getattr(result, fate))
    for what in ("ignored", "absent", "other_sheets"):
        if named := getattr(result, what):
            tell(f"cli-import-{what.replace('_', '-')}", names=format.names(named, spoken["language"]))
    if dry_run or result.refused:
        tell("cli-import-dry" if dry_run else "cli-import-refused")
    found = problem_frame(result.problems, spoken["language"])
    if problems:
        outfile.write_new(problems, FORMATS[_suffix(problems)](found))
        tell("cli-import-problems", rows=len(found), file=str(problems))
        return
    for row in found.head(SHOWN).itertuples():
        errors.print(say("cli-import-line", line=row.line, column=row.column or "–", value=row.value or "–",
                         reason=row.reason), markup=False)  # fmt: skip
    if len(found) > SHOWN:
        errors.print(say("cli-import-more", count=len(found) - SHOWN), markup=False)


@app.command()
@guarded
def export(
    kind: KindOfExport,
    out: Annotated[Path, typer.Option(metavar="FILE", help="A new file; nothing is overwritten.")],
    form: Annotated[Form | None, typer.Option("--format", help="Without it the file's name decides.")] = None,
) -> None:
    """Write all rows of a kind into a file that imports again as it is, and its SHA-256.

    Equal stores give equal files. `alerts` are the activity alerts ever opened, for judging the rules.
    """
    from lib.activity.queries import alerts_export
    from lib.audit.commands import record_export
    from lib.exports import queries
    from lib.sheet import FOR_PROGRAMS

    viewer, file_format = technical(), str(form or _suffix(out))
    outfile.must_be_new(out)
    frame = alerts_export(viewer) if kind == "alerts" else queries.export(viewer, str(kind))
    digest = outfile.write_new(out, FOR_PROGRAMS[file_format](frame))
    record_export(viewer, str(kind), len(frame), file_format, digest)
    tell("cli-exported", rows=len(frame), file=str(out))
    tell("cli-sha256", digest=digest)


@app.command()
@guarded
def backup(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Write the whole store into one new file; the desk may go on working meanwhile.

    The record of changes is sealed first: the file carries the seal, and `check --since` takes it.
    """
    from lib.flows.keeping import back_up

    with progress() as report:
        written, made = back_up(technical(), file, report)
    tell("cli-backed-up", rows=sum(written.values()), tables=len(written), file=str(file))
    tell("cli-sealed", head=made.head)


@app.command()
@guarded
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    replace: Annotated[bool, typer.Option("--replace", help="Remove what the store holds now.")] = False,
    broken_audit: Annotated[
        bool, typer.Option("--broken-audit", help="Restore although the record of changes is not sound.")
    ] = False,
) -> None:
    """Fill an empty store from a backup, of whichever kind of store it was made; all of it or nothing."""
    from lib.flows import keeping

    with progress() as report:
        restored = keeping.restore(file, clock.now(), replace=replace, broken_audit=broken_audit,
                                   progress=report)  # fmt: skip
    logging.getLogger("vip_desk.security").warning("store restored by %s", getpass.getuser())
    tell("cli-restored", rows=sum(restored.values()), tables=len(restored))


@app.command()
@guarded
def seal() -> None:
    """Seal the record of changes now, as each day does. The printed HEAD shows later that nothing before it
    was rewritten: keep it where the desk cannot reach it.
    """
    from lib.audit import commands

    tell("cli-sealed", head=commands.seal(technical()).head)


@app.command()
@guarded
def check(
    since: Annotated[
        str | None, typer.Option(metavar="HEAD", help="A HEAD from the log, or a backup: the past it knows.")
    ] = None,
) -> None:
    """Look whether the store is sound: schema, integrity, guards, the record of changes entry by entry, sums
    that must re-add. Changes nothing.
    """
    from lib.audit.phrases import fault_words
    from lib.store import check as examination

    with progress() as report:
        findings = examination.examine(report, since)
    for finding in findings:
        verdict = say("cli-check-ok") if finding.ok else say("cli-check-bad", count=finding.count)
        typer.echo(f"{say(f'check-{finding.code}')}: {verdict} {finding.detail}".rstrip())
        for fault in finding.faults[:SHOWN]:
            typer.echo(f"  {fault_words(fault, spoken['language'])}")
    if findings[0].ok:
        for table, rows in examination.counts().items():
            typer.echo(f"  {table}: {format.number(rows, spoken['language'])}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(Exit.UNSOUND)


def _suffix(file: Path) -> str:
    """The format a file name asks for; CSV where it says nothing."""
    suffix = file.suffix.removeprefix(".").lower()
    return suffix if suffix in set(Form) else "csv"


if __name__ == "__main__":
    app(prog_name="python -m lib")
