"""Makes a Django form of a row of the table."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mastkit.companion.pages.degrees import scale
from mastkit.companion.pages.forms.fields import (
    LinesField,
    MomentField,
    NumberField,
    PickField,
    QuantityField,
    ScoreField,
)
from mastkit.companion.pages.forms.table import Ask, FactForm
from mastkit.companion.pages.forms.values import offered
from mastkit.companion.pages.labels import label

OTHER = "_other"
"""What is appended to a name for the field of own words."""
DEGREE = "degree_"
"""What a symptom's field of degree begins with."""


def build(
    spec: FactForm, zone: str, *, shown: tuple[str, ...] = (), usual: tuple[str, ...] = ()
) -> type[forms.Form]:
    """Return the form.

    ``usual`` are the symptoms and triggers that are offered first; ``shown`` the symptoms that a flare has already,
    each of which gets a degree of its own.
    """
    fields: dict[str, forms.Field] = {}
    for ask in spec.asks:
        fields[ask.name] = _field(ask, zone, usual, shown)
        if ask.widget in ("many", "symptoms"):
            fields[ask.name + OTHER] = forms.CharField(
                required=False,
                max_length=200,
                label=_("In your own words"),
                help_text=_("Several with a comma between."),
            )
        if ask.widget == "symptoms":
            for code in shown:
                fields[DEGREE + code] = _degree(_("How bad: %(what)s") % {"what": label(code, "symptom")})
    return type("Entry", (forms.Form,), {**fields, "spec": spec})


def _field(ask: Ask, zone: str, usual: tuple[str, ...], shown: tuple[str, ...]) -> forms.Field:
    common: dict[str, Any] = {"label": ask.label, "help_text": ask.help, "required": ask.required}
    match ask.widget:
        case "moment":
            return MomentField(zone=zone, **common)
        case "day":
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
        case "long":
            return forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}), **common)
        case "lines":
            return LinesField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}), **common)
        case "choice":
            return _choice(list(ask.choices), common)
        case "yesno":
            return _choice([("yes", _("yes")), ("no", _("no"))], common)
        case "degree":
            return _degree(ask.label, ask.help)
        case "pick":
            return PickField(
                terms=ask.terms,
                widget=forms.TextInput(attrs={"list": f"list-{ask.name}", "autocomplete": "off"}),
                **common,
            )
        case "quantity":
            return QuantityField(unit=ask.unit, **common)
        case "percent":
            return ScoreField(unit="%", **common)
        case "score":
            return ScoreField(unit="1", **common)
        case "number":
            return NumberField(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
        case "whole":
            return forms.IntegerField(min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **common)
        case "photo":
            return forms.FileField(widget=forms.FileInput(attrs={"accept": "image/*"}), **common)
        case "symptoms":
            return _many(("symptom",), usual, shown, common)
        case "many":
            return _many(ask.terms, usual, (), common)
        case _:
            return forms.CharField(max_length=200, **common)


def _choice(choices: list[Any], common: dict[str, Any]) -> forms.ChoiceField:
    if not common["required"]:
        choices = [*choices, ("", _("not said"))]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


def _degree(text: Any, help_text: Any = "") -> forms.ChoiceField:
    choices = [
        ("0", _("0, none")),
        *((str(step.degree), f"{step.degree}, {step.word}") for step in scale()),
        ("", _("not said")),
    ]
    return forms.ChoiceField(label=text, help_text=help_text, choices=choices, required=False)


def _many(
    kinds: tuple[str, ...], usual: tuple[str, ...], shown: tuple[str, ...], common: dict[str, Any]
) -> forms.Field:
    every = dict(offered(kinds))
    first = [code for code in dict.fromkeys([*shown, *usual]) if code in every]
    ordered = [*first, *(code for code in every if code not in first)]
    field = forms.MultipleChoiceField(
        choices=[(code, every[code]) for code in ordered], widget=forms.CheckboxSelectMultiple, **common
    )
    field.widget.attrs["data-first"] = len(first) or 8
    return field
