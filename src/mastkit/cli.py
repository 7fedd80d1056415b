"""The command line: thin, one function a command."""

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def mastkit() -> None:
    """Open software for systemic mastocytosis."""


def main() -> None:
    """Run the command line."""
    app()
