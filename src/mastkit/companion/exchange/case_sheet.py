"""The facts of a case sheet: one row of variables, each of which becomes the fact it can be read from again."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from mastkit.companion.exchange.ids import id_of
from mastkit.record.facts import FACT, TRYPTASE, AnyFact, Recorder
from mastkit.record.quantity import Quantity, ucum_unit
from mastkit.record.sheets.numbers import parse_number
from mastkit.record.sheets.table import SheetTable
from mastkit.record.time import Moment
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

_TRYPTASE_CONTEXTS = {"bst": "baseline", "tryptase_acute": "event", "tryptase_untimed": "unknown"}
_PARTS_OF_OTHERS = frozenset(
    {"tryptase_acute_hours", "kit_d816v_tissue", "kit_d816v_method", "kit_d816v_vaf_pct", "extracutaneous_site"}
)
_RESULTS = {"true": "detected", "false": "not_detected", "equivocal": "equivocal"}


@dataclass
class SheetFacts:
    """What a row says as facts, and what could not be said so."""

    facts: list[AnyFact] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Labels of the variables that did not become facts, each with the reason."""


def facts_of_row(table: SheetTable, row: int, person: UUID, when: Moment, recorded_at: datetime) -> SheetFacts:
    """Return the facts of one row; all of them have the same time, that of the sheet."""
    making = _Making(table, row, person, when, recorded_at)
    making.all()
    return making.made


class _Making:
    def __init__(self, table: SheetTable, row: int, person: UUID, when: Moment, recorded_at: datetime) -> None:
        self.cells = {name: cell for name in table.known if (cell := table.cell(name, row)) is not None}
        self.person, self.when, self.recorded_at = person, when, recorded_at
        self.recorder = Recorder(source="import", name=table.file[:200] or None)
        self.made = SheetFacts()

    def all(self) -> None:
        """Make the facts of all cells."""
        variables = sheet_variables()
        self._gene_test()
        for name, cell in self.cells.items():
            if name.startswith("kit_d816v") or (name in _PARTS_OF_OTHERS and name != "extracutaneous_site"):
                continue
            self._one(variables[name], cell)

    def _one(self, variable: SheetVariable, cell: Any) -> None:
        name = variable.name
        if name in _TRYPTASE_CONTEXTS:
            hours = self.cells.get("tryptase_acute_hours") if name == "tryptase_acute" else None
            more = {"hours_after_onset": float(hours)} if isinstance(hours, int | float) else {}
            self._add(variable, "measurement", code=TRYPTASE, quantity=_quantity(variable, cell),
                      context=_TRYPTASE_CONTEXTS[name], **more)  # fmt: skip
        elif name == "sex":
            self._add(variable, "sex", sex=cell)
        elif name == "age":
            self.made.left.append(f"{variable.label}: enter the date or year of birth instead")
        elif name == "tpsab1_extra_copies":
            self._copies(variable, cell)
        elif variable.kind == "number":
            self._add(variable, "measurement", code=name, quantity=_quantity(variable, cell))
        elif variable.kind == "boolean":
            self._add(variable, "finding", code=name, state="present" if cell else "absent")
        else:
            self._add(variable, "finding", code=name, **_state(variable, cell))

    def _copies(self, variable: SheetVariable, cell: Any) -> None:
        if isinstance(cell, str):  # a limit such as ">1"
            self.made.left.append(f"{variable.label}: found {cell}, expected the number of copies")
            return
        self._add(variable, "variant", gene="TPSAB1", result="detected" if cell else "not_detected",
                  origin="germline", extra_copies=int(cell))  # fmt: skip

    def _gene_test(self) -> None:
        """Make the test of KIT D816V, and one in blood beside it."""
        variables = sheet_variables()
        result = self.cells.get("kit_d816v")
        fraction = self.cells.get("kit_d816v_vaf_pct")
        if isinstance(result, bool):
            result = "true" if result else "false"
        insensitive = result == "negative-insensitive"
        if insensitive and self.cells.get("kit_d816v_method") not in ("ngs", "sanger"):
            # Which test it was is not said, and a detection limit is not made up.
            self.made.left.append(f"{variables['kit_d816v'].label}: enter this test by hand, with what it can see")
        elif result is not None:
            more: dict[str, Any] = {}
            tissue, assay = self.cells.get("kit_d816v_tissue"), self.cells.get("kit_d816v_method")
            if tissue is not None:
                more["tissue"] = tissue
            if assay is not None:
                more["assay"] = assay
            if fraction is not None:
                more["allele_fraction"] = _quantity(variables["kit_d816v_vaf_pct"], fraction)
            self._add(variables["kit_d816v"], "variant", gene="KIT", change="D816V",
                      result=_RESULTS.get(str(result), "not_detected"), **more)  # fmt: skip
        elif fraction is not None:
            self.made.left.append(
                f"{variables['kit_d816v_vaf_pct'].label}: the result of the KIT test is not given"
            )
        if (blood := self.cells.get("kit_d816v_blood")) is not None:
            self._add(variables["kit_d816v_blood"], "variant", gene="KIT", change="D816V", tissue="blood",
                      result="detected" if blood else "not_detected")  # fmt: skip

    def _add(self, variable: SheetVariable, kind: str, **fields: Any) -> None:
        cell = str(self.cells[variable.name])
        content: dict[str, Any] = {
            "kind": kind,
            "id": id_of(self.person, self.when.at, "case sheet", self.recorder.name or "", variable.name, cell),
            "recorded_at": self.recorded_at,
            "recorded_by": self.recorder,
            **fields,
        }
        if kind != "sex":
            content["time"] = self.when
        try:
            self.made.facts.append(FACT.validate_python(content))
        except ValidationError:
            self.made.left.append(f'{variable.label}: "{cell}" does not fit a fact of the record')


def _quantity(variable: SheetVariable, cell: Any) -> Quantity:
    text = parse_number(cell, variable).text(variable) if isinstance(cell, str) else str(cell)
    number = text.lstrip("<>=")
    comparator: Any = text.removesuffix(number) or None
    return Quantity(value=float(number), unit=ucum_unit(variable), comparator=comparator)


def _state(variable: SheetVariable, cell: Any) -> dict[str, Any]:
    """Return state and value of a finding with one of several values."""
    value = {True: "true", False: "false"}.get(cell, cell) if isinstance(cell, bool) else str(cell)
    absent = ("none", "false", "not_palpable", "pdgfra-negative")
    if variable.kind == "text":
        return {"state": "present", "value": value}
    return {"state": "absent" if value in absent else "present", "value": value}
