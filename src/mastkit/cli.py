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

    Ends with 0, or with 2 where the file or an option cannot be read.
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


def main() -> None:
    """Run the command line."""
    app()
