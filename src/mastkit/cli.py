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


def main() -> None:
    """Run the command line."""
    app()
