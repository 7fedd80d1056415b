"""The command line: thin, one function a command."""

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
