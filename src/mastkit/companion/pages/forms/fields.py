"""The fields that Django does not bring: a time as precisely as it is known, a value with its unit, own words."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mastkit.companion.pages.forms.values import read_code, read_quantity, sentence
from mastkit.record.quantity import Quantity
from mastkit.record.sheets.numbers import NotANumber
from mastkit.record.time import Moment, zone_of

PRECISIONS = (("day", _("this day")), ("month", _("that month, the day is not known")),
              ("year", _("that year, no more is known")))  # fmt: skip


class MomentWidget(forms.MultiWidget):
    """A date, a time of day that may stay empty, and how much of it is known."""

    def __init__(self, label: Any) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.DateInput(attrs={"type": "date", "aria-label": _("Date")}, format="%Y-%m-%d"),
            "clock": forms.TimeInput(attrs={"type": "time", "aria-label": _("Time of day")}, format="%H:%M"),
            "known": forms.Select(choices=PRECISIONS, attrs={"aria-label": _("How precisely is it known?")}),
        }
        super().__init__(widgets, attrs={"aria-label": label})

    def decompress(self, value: Any) -> list[Any]:
        """Return date, time and precision of a moment."""
        return list(value) if value else [None, None, "day"]


class MomentField(forms.MultiValueField):
    """A `Moment` in the zone of the page."""

    def __init__(self, *, zone: str, **kwargs: Any) -> None:
        self.zone = zone
        fields = (
            forms.DateField(),
            forms.TimeField(required=False),
            forms.ChoiceField(choices=PRECISIONS, required=False),
        )
        super().__init__(fields, require_all_fields=False, widget=MomentWidget(kwargs.get("label")), **kwargs)

    def compress(self, data_list: list[Any]) -> Moment | None:
        """Return the moment."""
        day, clock, known = [*data_list, None, None, None][:3]
        if day is None:
            if clock is not None:
                raise ValidationError(_("A time of day needs its date."))
            return None
        if not 1900 <= day.year <= 2199:
            raise ValidationError(_("Expected a year from 1900 to 2199."))
        if clock is not None and known in (None, "", "day"):
            return Moment.local(datetime.combine(day, clock), self.zone)
        return Moment.on(day, self.zone, known if known in ("month", "year") else "day")


def typed_moment(moment: Moment, zone: str) -> tuple[date, Any, str]:
    """Return a moment as its field shows it."""
    if moment.precision == "minute":
        here = moment.at.astimezone(zone_of(zone))
        return here.date(), here.time().replace(second=0, microsecond=0), "day"
    return moment.clock.date(), None, moment.precision


class QuantityWidget(forms.MultiWidget):
    """A value as it was printed, and its unit."""

    def __init__(self, unit: str) -> None:
        number = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "aria-label": _("Value")})
        self.unit = unit
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "value": number,
            "unit": forms.TextInput(attrs={"list": "units", "autocomplete": "off", "autocapitalize": "none",
                                           "placeholder": unit, "aria-label": _("Unit")}),
        }  # fmt: skip
        super().__init__(widgets)

    def decompress(self, value: Quantity | None) -> list[str]:
        """Return value and unit."""
        if value is None:
            return ["", ""]
        return [f"{value.comparator or ''}{value.value:g}", value.unit if value.unit != "1" else ""]


class QuantityField(forms.MultiValueField):
    """The text of a value and of its unit; read when it is known what was measured."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        self.default_unit = unit
        fields = (forms.CharField(max_length=40), forms.CharField(required=False, max_length=40))
        super().__init__(
            fields, require_all_fields=False, widget=QuantityWidget(unit if unit != "1" else ""), **kwargs
        )

    def compress(self, data_list: list[str]) -> tuple[str, str] | None:
        """Return both texts."""
        value, unit = [*data_list, "", ""][:2]
        return (value, unit) if value else None

    def read(self, typed: tuple[str, str], code: str) -> Quantity:
        """Return the quantity. Raises `ValidationError`."""
        return quantity_of(typed[0], typed[1], code, self.default_unit)


class ScoreField(forms.CharField):
    """A plain number or a percentage, read as laboratories print it."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(
            max_length=40, widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}), **kwargs
        )

    def clean(self, value: Any) -> Quantity | None:
        """Return the quantity."""
        text = super().clean(value)
        return quantity_of(text.rstrip("% "), "", "", self.unit) if text else None

    def prepare_value(self, value: Any) -> Any:
        """Return a quantity as it is typed."""
        return f"{value.comparator or ''}{value.value:g}" if isinstance(value, Quantity) else value


class PickField(forms.CharField):
    """A word of the vocabulary, or an own one."""

    def __init__(self, *, terms: tuple[str, ...], **kwargs: Any) -> None:
        self.terms = terms
        super().__init__(max_length=200, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the code."""
        text: str = super().clean(value)
        return read_code(text, self.terms) if text else ""


class NumberField(forms.CharField):
    """A number without a unit, with a comma or a point."""

    def clean(self, value: Any) -> float | None:
        """Return the number."""
        text: str = super().clean(value)
        if not text:
            return None
        quantity = quantity_of(text, "", "", "1")
        if quantity.comparator:
            raise ValidationError(_("Expected one number, without < or >."))
        return quantity.value

    def prepare_value(self, value: Any) -> Any:
        """Return the number as it is typed."""
        return f"{value:g}" if isinstance(value, float) else value


class LinesField(forms.CharField):
    """Several texts, one a line."""

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the lines that are not empty."""
        text: str = super().clean(value)
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        """Return the lines as they are typed."""
        return "\n".join(value) if isinstance(value, tuple | list) else value


def quantity_of(value: str, unit: str, code: str, default: str) -> Quantity:
    """Return a quantity. Raises `ValidationError` with one sentence."""
    try:
        return read_quantity(value, unit, code, default)
    except NotANumber as error:
        raise ValidationError(sentence(error)) from None
    except ValueError:
        raise ValidationError(_("Expected a number with a unit such as ng/mL.")) from None
