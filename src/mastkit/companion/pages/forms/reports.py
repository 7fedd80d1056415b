"""Forms for reports, item by item: what marrow, skin, scans and clinicians said, as the case sheet names it.

One form makes several facts: a procedure, and a finding or a measurement for each item that was answered.
"""

import csv
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext_lazy as _

from mastkit.companion.pages.forms.table import Ask, FactForm, Text, when
from mastkit.record.quantity import ucum_unit
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

# Slug, title, icon, the procedure it makes, the tests whose variables it asks.
_REPORTS: tuple[tuple[str, Text, str, str, tuple[str, ...]], ...] = (
    ("marrow", _("Bone marrow report"), "scope", "marrow_biopsy",
     ("marrow-trephine", "marrow-smear", "mast-cell-markers", "marrow-review")),
    ("skin", _("Skin findings"), "scope", "", ("examination", "skin-biopsy", "skin-kit")),
    ("imaging", _("Scans: belly, nodes, bones"), "scope", "",
     ("abdominal-ultrasound", "node-imaging", "bone-imaging", "dxa")),
    ("organs", _("Samples of other organs"), "scope", "biopsy", ("organ-biopsy", "gut-biopsy")),
    ("blood-findings", _("Blood and liver, in words"), "tests", "",
     ("blood-count", "liver-tests", "albumin", "ige")),
    ("history", _("What happened in attacks"), "record", "", ("history",)),
    ("judgement", _("What your doctors put it down to"), "condition", "", ("attribution", "reactive-causes")),
)  # fmt: skip

# Read from facts of other kinds, or set by the form itself.
_ELSEWHERE = {"age", "sex", "kit_d816v_tissue", "kit_d816v_method", "tryptase_acute_hours", "bm_biopsy_done",
              "tpsab1_extra_copies"}  # fmt: skip


def report_forms() -> tuple[FactForm, ...]:
    """Return the forms."""
    return tuple(
        FactForm(
            slug, title, icon, "report",
            (when(_("Date of the report")), *(_ask(variable) for variable in _of(tests))),
            _("Answer what the report says and leave the rest: not answered is not the same as no."),
            fixed=(("procedure", procedure),), confirm=True, group="reports",
        )
        for slug, title, icon, procedure, tests in _REPORTS
    )  # fmt: skip


@cache
def value_labels() -> dict[tuple[str, str], str]:
    """Return the plain words for the values of a choice, by variable and value."""
    text = files("mastkit.companion").joinpath("data", "values.csv").read_text(encoding="utf-8")
    return {(row["variable"], row["value"]): row["label"] for row in csv.DictReader(text.splitlines())}


def value_choices(variable: SheetVariable) -> tuple[tuple[str, Text], ...]:
    """Return the values of a choice with their words."""
    labels = value_labels()
    return tuple((value, _(labels.get((variable.name, value), value))) for value in variable.values)


def _of(tests: tuple[str, ...]) -> list[SheetVariable]:
    return [
        one
        for test in tests
        for one in sheet_variables().values()
        if one.test == test and one.name not in _ELSEWHERE
    ]


def _ask(variable: SheetVariable) -> Ask:
    label, help_text = _(variable.plain_label), variable.label
    match variable.kind:
        case "boolean":
            return Ask(variable.name, label, "yesno", help_text)
        case "choice":
            return Ask(variable.name, label, "choice", help_text, value_choices(variable))
        case "number":
            return Ask(variable.name, label, "quantity", help_text, unit=ucum_unit(variable))
        case _:
            return Ask(variable.name, label, "text", help_text)
