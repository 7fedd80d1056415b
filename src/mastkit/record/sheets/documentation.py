"""The table of variables that the user guide prints, made from the variables themselves."""

from mastkit.vocabulary.variables import SheetVariable, sheet_variables

BEGIN = "<!-- variables: begin; made by tools.pages -->"
END = "<!-- variables: end -->"


def variable_table() -> str:
    """Return the variables of a case sheet as a table in Markdown."""
    head = ["| variable | takes | unit | meaning |", "|---|---|---|---|"]
    return "\n".join([*head, *(_row(variable) for variable in sheet_variables().values())])


def with_variable_table(page: str) -> str:
    """Return a page with the table between its two marks brought up to date."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{variable_table()}\n\n{END}{after}"


def _row(variable: SheetVariable) -> str:
    meaning = variable.meaning.replace("|", "\\|")
    unit = "" if variable.unit == "1" else variable.unit
    return f"| `{variable.name}` | {_takes(variable)} | {unit} | {meaning} |"


def _takes(variable: SheetVariable) -> str:
    match variable.kind:
        case "number":
            what = "whole number" if variable.integer else "number"
            limits = [variable.low, variable.high]
            words = [
                f"{word} {limit:g}" for word, limit in zip(("from", "to"), limits, strict=True) if limit is not None
            ]
            return " ".join([what, *words])
        case "boolean":
            return "true, false"
        case "choice":
            return ", ".join(f"`{value}`" for value in variable.values)
        case "text":
            return "text"
