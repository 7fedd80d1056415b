"""The command line: thin, one function a command."""

from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def mastkit() -> None:
    """Open software for systemic mastocytosis."""


@app.command()
def validate(
    files: Annotated[list[str], typer.Argument(help="Record files or case sheets.", metavar="FILE...")],
) -> None:
    """Say what is understood of record files and case sheets, and what is not.

    Ends with 0 where all is well, 1 where there are problems, 2 where a file cannot be read.
    """
    from mastkit.record.problems import CannotRead
    from mastkit.record.validation import counted
    from mastkit.record.validation import validate as validate_file

    worst = 0
    for file in files:
        try:
            understood = validate_file(file)
        except CannotRead as error:
            typer.echo(str(error), err=True)
            worst = 2
            continue
        for problem in understood.problems:
            typer.echo(problem.sentence())
            worst = max(worst, 1)
        typer.echo(f"{understood.summary} {counted(len(understood.problems), 'problem')}.")
    raise typer.Exit(worst)


@app.command()
def assess(
    files: Annotated[list[str], typer.Argument(help="Record files or case sheets.", metavar="FILE...")],
    output_format: Annotated[
        Literal["text", "md", "html", "json", "jsonl", "csv", "parquet"],
        typer.Option("--format", help="A person: text, md, html, json. A table: jsonl, csv, parquet, or any."),
    ] = "text",
    output: Annotated[str | None, typer.Option("--output", help="Write to this file.", metavar="FILE")] = None,
    reading: Annotated[
        list[str] | None,
        typer.Option(help="Another reading, such as who-2022.b1=and_or_vaf.", metavar="NAME=OPTION"),
    ] = None,
    on: Annotated[str | None, typer.Option(help="Judge a record as of this day.", metavar="YYYY-MM-DD")] = None,
    missing: Annotated[
        bool | None,
        typer.Option("--missing/--no-missing", help="Of a table, look for missing tests too (slower)."),
    ] = None,
    grounds: Annotated[bool, typer.Option("--grounds/--no-grounds", help="Unfold the criteria.")] = True,
) -> None:
    """Say what type of mast cell disease it is under WHO 2022 and ICC 2022, on which grounds, and what is missing.

    Ends with 0 where all was understood, 1 where some cells or facts were not, 2 where a file cannot be used.
    """
    from mastkit.reports.assessment.command import run

    raise typer.Exit(run(files, output_format, output, reading or [], on, missing, grounds))


@app.command()
def schema(form: Annotated[Literal["record", "sheet"], typer.Argument(help="The written form.")]) -> None:
    """Print the JSON Schema of a record file or of a line of a case sheet."""
    import json

    from mastkit.record.schema import record_schema, sheet_schema

    content = record_schema() if form == "record" else sheet_schema()
    typer.echo(json.dumps(content, indent=2, ensure_ascii=False))


@app.command()
def terms(
    word: Annotated[str, typer.Argument(help="A word, a symptom, a test, a medicine or a code.")],
    output: Annotated[Literal["text", "json"], typer.Option("--format", help="A table to read, or JSON.")] = "text",
    sources: Annotated[bool, typer.Option("--sources", help="Show where each code was read.")] = False,
) -> None:
    """Look up a word: its plain meaning and its codes."""
    from rich.console import Console

    from mastkit.reports.terms import render_terms, terms_as_data

    if output == "text":
        raise typer.Exit(render_terms(word, Console(), sources=sources))
    import json

    data = terms_as_data(word)
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    raise typer.Exit(0 if data["terms"] else 1)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8321,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Open the companion with two invented people; what you enter is thrown away at the end."""
    _companion_installed()
    from mastkit.companion.running.demo import demo as run_demo
    from mastkit.companion.running.terminal import stopping_with_a_sentence, terminal

    with stopping_with_a_sentence(port):
        run_demo(port, terminal(), browser=browser)


@app.command()
def serve(
    home: Annotated[Path | None, typer.Option(help="The folder of the store; made where it is not there.")] = None,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "localhost",
    port: Annotated[int, typer.Option(help="The port.", min=1, max=65535)] = 8321,
    origin: Annotated[
        str | None, typer.Option(help="The address people open, such as https://diary.example.")
    ] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="A file with the passphrase of the store.")] = None,
    key_file: Annotated[Path | None, typer.Option(help="A key file, kept on another disk than the store.")] = None,
    key_beside_data: Annotated[
        bool,
        typer.Option("--key-beside-data", help="Keep the key file beside the store: who has both can read it."),
    ] = False,
    keyring: Annotated[bool, typer.Option("--keyring", help="Keep the key in the system's keyring.")] = False,
    recovery_sheet: Annotated[
        Path | None, typer.Option(help="Write the recovery sheet to this file instead of showing it.")
    ] = None,
    recover: Annotated[
        bool, typer.Option("--recover", help="Open with the recovery phrase, and choose a new passphrase.")
    ] = False,
    reset: Annotated[str | None, typer.Option(help="Print a link to an account that cannot get in.")] = None,
) -> None:
    """Serve the companion: makes its encrypted store at the first start, and a link to set up the account."""
    _companion_installed()
    from mastkit.companion.configuration.home import home as usual_home
    from mastkit.companion.running.opening import Means
    from mastkit.companion.running.serve import Serving
    from mastkit.companion.running.serve import serve as run_serve
    from mastkit.companion.running.terminal import stopping_with_a_sentence, terminal

    means = Means(passphrase_file, key_file, key_beside_data, keyring, recovery_sheet)
    address = origin or f"http://{'localhost' if host in ('localhost', '127.0.0.1', '::1') else host}:{port}"
    with stopping_with_a_sentence(port):
        run_serve(Serving(home or usual_home(), host, port, address, means, recover, reset), terminal())


@app.command()
def doctor(
    home: Annotated[Path | None, typer.Option(help="The folder of the store.")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="A file with the passphrase of the store.")] = None,
    key_file: Annotated[Path | None, typer.Option(help="The key file of the store.")] = None,
) -> None:
    """Check the companion's installation and say in words what is wrong. Ends with 1 where something is."""
    _companion_installed()
    from mastkit.companion.configuration.home import home as usual_home
    from mastkit.companion.running.terminal import consult

    raise typer.Exit(consult(home or usual_home(), passphrase_file, key_file))


@app.command()
def remind(
    home: Annotated[Path | None, typer.Option(help="The folder of the store.")] = None,
    origin: Annotated[
        str | None, typer.Option(help="The address people open, for links; as they were turned on without it.")
    ] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="A file with the passphrase of the store.")] = None,
    key_file: Annotated[Path | None, typer.Option(help="The key file of the store.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and send nothing.")] = False,
) -> None:
    """Send the reminders by e-mail that people have turned on: each thing once, also beside a running server.

    Ends with 0, with 1 where an e-mail could not be sent, with 2 where the store or the mail server is missing.
    """
    _companion_installed()
    from mastkit.companion.configuration.home import home as usual_home
    from mastkit.companion.running.opening import Means
    from mastkit.companion.running.reminding import run_remind
    from mastkit.companion.running.terminal import terminal

    means = Means(passphrase_file, key_file)
    raise typer.Exit(run_remind(home or usual_home(), origin, means, terminal(), dry=dry_run))


def _companion_installed() -> None:
    from mastkit.companion.running.installed import missing

    if (sentence := missing()) is not None:
        typer.echo(sentence, err=True)
        raise typer.Exit(2)


@app.command()
def due(
    record: Annotated[str, typer.Argument(help="A record file.", metavar="RECORD")],
    on: Annotated[str | None, typer.Option("--on", help="The day, such as 2026-03-20; today without it.")] = None,
    subtype: Annotated[
        str | None, typer.Option("--type", help="The type of disease, such as ISM; else as stated in the record.")
    ] = None,
    output: Annotated[
        Literal["text", "json", "md"], typer.Option("--format", help="A table to read, JSON or Markdown.")
    ] = "text",
) -> None:
    """Show which tests are due: last result, next date, reason and source.

    Ends with 0, with 1 where facts of the record were not understood, with 2 where it cannot be read.
    """
    from mastkit.reports.due_command import show_due

    raise typer.Exit(show_due(record, on, subtype, output))


@app.command()
def reaction(
    record: Annotated[str, typer.Argument(help="A record file.", metavar="RECORD")],
    output: Annotated[
        Literal["text", "json", "md"], typer.Option("--format", help="Text to read, JSON, or Markdown.")
    ] = "text",
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="Another reading of a rule, such as comparator=>.")
    ] = None,
) -> None:
    """Say of each flare what the definitions of anaphylaxis, the gradings and the tryptase rule say.

    Ends with 0, with 1 where facts of the record were not understood, with 2 where it cannot be read.
    """
    from mastkit.reports.reaction import run_reaction

    raise typer.Exit(run_reaction(record, output, reading or []))


@app.command()
def report(
    record: Annotated[str, typer.Argument(help="A record file.", metavar="RECORD")],
    kind: Annotated[
        Literal["appointment", "emergency-card", "procedure", "summary", "referral", "desk-card"],
        typer.Option("--kind", help="Which document."),
    ] = "appointment",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; its ending names the format.")
    ] = None,
    output_format: Annotated[
        Literal["pdf", "html", "md", "json", "png"] | None, typer.Option("--format", help="The format.")
    ] = None,
    language: Annotated[str, typer.Option(help="Of the emergency card: en, de, fr, es, it or pt.")] = "en",
    for_whom: Annotated[
        str | None,
        typer.Option(
            "--for",
            help="Appointment and referral: the speciality. Procedure: anaesthesia, surgery, endoscopy, dental, "
            "contrast or vaccination. Desk card: the sampling protocol.",
        ),
    ] = None,
    on: Annotated[str | None, typer.Option(help="The day, such as 2026-03-20; today without it.")] = None,
    size: Annotated[Literal["a4", "card", "lock-screen"], typer.Option(help="Of the emergency card.")] = "a4",
    triggers: Annotated[bool, typer.Option(help="Whether an appointment pack works out triggers.")] = True,
) -> None:
    """Make a document from a record: appointment pack, emergency card, procedure sheet, summary, referral.

    Ends with 0, or with 2 where the file or an option cannot be read.
    """
    from mastkit.reports.report_command import Asked, run_report

    raise typer.Exit(run_report(record, Asked(kind, output_format, output, language, for_whom, on, size, triggers)))


@app.command()
def calendar(
    record: Annotated[str, typer.Argument(help="A record file.", metavar="RECORD")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The .ics file to write.")] = None,
    on: Annotated[str | None, typer.Option(help="The day, such as 2026-03-20; today without it.")] = None,
    titles: Annotated[
        Literal["plain", "discreet"],
        typer.Option(help="Discreet titles say no more than that there is a reminder about health."),
    ] = "plain",
    protocol: Annotated[
        str | None,
        typer.Option(help="By whose times the baseline after a flare is drawn, such as wao-2011."),
    ] = None,
) -> None:
    """Write a calendar of what is due: tests, the baseline sample after a flare, expiry, appointments."""
    from mastkit.reports.report_command import run_calendar

    raise typer.Exit(run_calendar(record, output, on, titles, protocol))


@app.command()
def backup(
    output: Annotated[Path, typer.Option("--output", "-o", help="The backup to write; nothing is written over.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Record files and folders; none with --store.", metavar="[PATH]...")
    ] = None,
    recipient: Annotated[
        list[str] | None, typer.Option(help="Whose key opens it (age1...). Without one, a passphrase is asked for.")
    ] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="A file whose first line is the passphrase.")] = None,
    store: Annotated[Path | None, typer.Option(help="The folder of a companion's store, to back up that.")] = None,
    store_passphrase_file: Annotated[Path | None, typer.Option(help="The file that opens the store.")] = None,
    store_key_file: Annotated[Path | None, typer.Option(help="The key file of the store.")] = None,
) -> None:
    """Write an encrypted backup with a readable manifest and checksums: of files, or of a companion's store."""
    from mastkit.backup.command import locked, run_backup

    if store is None or paths:
        if not paths or store is not None:
            typer.echo("backup: expected files or folders, or --store with a folder.", err=True)
            raise typer.Exit(2)
        raise typer.Exit(run_backup(paths, output, recipient or [], passphrase_file))
    _companion_installed()
    from mastkit.companion.running.backing import run_backup as run_store_backup
    from mastkit.companion.running.opening import Means
    from mastkit.companion.running.terminal import terminal

    lock = locked(recipient or [], passphrase_file)
    means = Means(store_passphrase_file, store_key_file)
    raise typer.Exit(run_store_backup(store, means, output, lock, terminal()))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A backup.", metavar="BACKUP")],
    identity: Annotated[Path | None, typer.Option(help="A file with the secret key of a recipient.")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="A file whose first line is the passphrase.")] = None,
    outside: Annotated[bool, typer.Option(help="Check only what can be checked without a key.")] = False,
) -> None:
    """Check a backup: with a key every file in it, without one the whole as it stands."""
    from mastkit.backup.command import run_verify

    raise typer.Exit(run_verify(file, identity, passphrase_file, outside))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.", metavar="BACKUP")],
    into: Annotated[Path | None, typer.Option(help="The new folder to write.")] = None,
    identity: Annotated[Path | None, typer.Option(help="A file with the secret key of a recipient.")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="A file whose first line is the passphrase.")] = None,
    with_grants: Annotated[
        bool, typer.Option(help="Bring back who may see the record as well; left out without it.")
    ] = False,
    store: Annotated[
        Path | None, typer.Option(help="The folder of a companion's store, new or without these records.")
    ] = None,
    store_passphrase_file: Annotated[Path | None, typer.Option(help="The file that opens the store.")] = None,
    recovery_sheet: Annotated[Path | None, typer.Option(help="Where a new store writes its sheet.")] = None,
) -> None:
    """Bring a backup back, every file checked: into a new folder, or into a companion's store."""
    from mastkit.backup.command import opened, run_restore

    if (into is None) == (store is None):
        typer.echo("restore: expected either --into or --store.", err=True)
        raise typer.Exit(2)
    if into is not None:
        raise typer.Exit(run_restore(file, into, identity, passphrase_file, with_grants))
    _companion_installed()
    from mastkit.companion.running.backing import run_restore as run_store_restore
    from mastkit.companion.running.opening import Means
    from mastkit.companion.running.terminal import terminal

    key = opened(file, identity, passphrase_file)
    means = Means(store_passphrase_file, recovery_sheet=recovery_sheet)
    raise typer.Exit(run_store_restore(store or Path(), means, file, key, terminal()))


@app.command()
def triggers(
    record: Annotated[str, typer.Argument(help="A record file.", metavar="RECORD")],
    output: Annotated[
        Literal["text", "json", "md"], typer.Option("--format", help="A table to read, JSON or Markdown.")
    ] = "text",
    since: Annotated[
        str | None, typer.Option(help="The day of the last look; says what has changed.", metavar="YYYY-MM-DD")
    ] = None,
    shuffles: Annotated[
        int,
        typer.Option(help="Also look at this many shuffled copies, in which nothing should be found.", min=0),
    ] = 0,
) -> None:
    """Say which exposures raise this person's risk of a flare, and where there is not enough to tell.

    Ends with 2 where the file cannot be read.
    """
    from mastkit.record.problems import CannotRead
    from mastkit.reports.triggers import report_triggers

    try:
        text = report_triggers(record, output, since=since, shuffles=shuffles)
    except CannotRead as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    typer.echo(text, nl=False)


def main() -> None:
    """Run the command line."""
    app()
