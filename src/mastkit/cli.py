"""The command line: thin, one function a command."""

from typing import Annotated, Literal

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def mastkit() -> None:
    """Open software for systemic mastocytosis."""


@app.command()
def terms(
    word: Annotated[str, typer.Argument(help="A word, a symptom, a test, a medicine or a code.")],
    output: Annotated[
        Literal["text", "json"], typer.Option("--format", help="A table to read, or JSON.")
    ] = "text",
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
