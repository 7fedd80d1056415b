"""JSON Schema of the two written forms, made from the models and the variables."""

from typing import Any

from mastkit.record.files import RecordDocument
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CENSORED = r"^\s*(<|<=|>|>=|≤|≥)\s*[+\-−]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+\-]?[0-9]+)?\s*$"


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record file."""
    return {"$schema": DIALECT, **RecordDocument.model_json_schema()}


def sheet_schema() -> dict[str, Any]:
    """Return the JSON Schema of one line of a case sheet in JSON Lines."""
    variables = {name: _cell(variable) for name, variable in sheet_variables().items()}
    return {
        "$schema": DIALECT,
        "title": "mastkit case sheet, one line",
        "description": "The variables of one person. A variable that is missing is unknown.",
        "type": "object",
        "properties": {
            "id": {"type": ["string", "integer"], "description": "The name of the sheet."},
            "sheet": {"type": "object", "properties": variables, "additionalProperties": False},
        },
        "required": ["sheet"],
    }


def _cell(variable: SheetVariable) -> dict[str, Any]:
    unit = f" In {variable.unit}." if variable.unit not in ("", "1") else ""
    return {"description": f"{variable.label}: {variable.meaning}.{unit}", **_values(variable)}


def _values(variable: SheetVariable) -> dict[str, Any]:
    match variable.kind:
        case "number":
            number: dict[str, Any] = {"type": "integer" if variable.integer else "number"}
            if variable.low is not None:
                number["minimum"] = variable.low
            if variable.high is not None:
                number["maximum"] = variable.high
            return {"anyOf": [number, {"type": "string", "pattern": CENSORED}]}
        case "boolean":
            return {"type": "boolean"}
        case "choice":
            return {"enum": [value == "true" if value in ("true", "false") else value for value in variable.values]}
        case "text":
            return {"type": "string", "minLength": 1}
