"""Expressions and facts in words, for explanations and for documentation."""

from __future__ import annotations

import math
from functools import cache

from mastkit.logic.evaluate import Known
from mastkit.logic.expressions import (
    And,
    AtLeast,
    Comparison,
    Constant,
    Criterion,
    Expression,
    Gate,
    Member,
    Not,
    Or,
    Relation,
    ScoreAtLeast,
)
from mastkit.logic.expressions import Known as IsKnown
from mastkit.logic.values import Interval
from mastkit.logic.variables import Variable

_COMPARED = {">": "above", ">=": "at least", "<": "below", "<=": "at most"}
_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


@cache
def in_words(node: Expression) -> str:
    """The condition itself, without its parts: "all of", or "Platelets below 100 10*9/L"."""
    match node:
        case Constant(value=value):
            return "always" if value else "never"
        case Member(variable=v) if v.kind == "boolean":
            return title_of(v)
        case Member(variable=v, values=values):
            return f"{title_of(v)}: {_alternatives(v, values)}"
        case Comparison(variable=v, operator=operator, limit=limit, one_plus=divisor):
            quantity = title_of(v)
            if divisor is not None:
                quantity += f" divided by (1 + {title_of(divisor)})"
            return f"{quantity} {_COMPARED[operator]} {with_unit(v, limit)}"
        case Relation(variable=v, operator=operator):
            return f"{title_of(v)} {_COMPARED[operator]} {_multiple(node)}"
        case Not(item=Relation(variable=v, operator=operator) as relation):
            return f"{title_of(v)} {_COMPARED[_OPPOSITE[operator]]} {_multiple(relation)}"
        case IsKnown(variable=v):
            return f"something is stated of: {title_of(v)}"
        case Criterion(id=name, title=title):
            return f"{title} ({name})"
        case Not(item=Comparison(variable=v, operator=operator, limit=limit, one_plus=divisor)):
            return in_words(Comparison(v, _OPPOSITE[operator], limit, divisor))  # type: ignore[arg-type]
        case Not(item=Member(variable=v, values=values)) if v.kind == "boolean":
            return f"not: {title_of(v)}"
        case Not():
            return "not"
        case And():
            return "all of"
        case Or():
            return "at least one of"
        case AtLeast(count=count, items=items):
            return f"at least {count} of {len(items)}"
        case ScoreAtLeast(threshold=threshold):
            return f"points add up to at least {threshold}"
        case Gate(latent=latent):
            return f"found; not found counts only if looked for well enough (otherwise open: {title_of(latent)})"
        case _:
            raise TypeError(f"no words for {type(node).__name__}")


def _multiple(relation: Relation) -> str:
    other = title_of(relation.other)
    product = other if relation.factor == 1 else f"{relation.factor:.10g} times {other}"
    return f"{product} plus {with_unit(relation.other, relation.shift)}" if relation.shift else product


def title_of(variable: Variable) -> str:
    """The title of a variable, or its name where it has none."""
    return variable.title or variable.name


def with_unit(variable: Variable, number: float) -> str:
    """A number with the unit of its variable; counts stand alone."""
    shown = f"{number:.10g}"
    unit = variable.unit
    if unit in ("", "1"):
        return shown
    return f"{shown} {unit}"


def fact_in_words(variable: Variable, known: Known) -> str:
    """What is known of a variable: "34 ng/mL", "above 200 ng/mL", "yes", "imaging or palpable"."""
    if not isinstance(known, Interval):
        return _alternatives(variable, known)
    low, high = known.low, known.high
    if low == high:
        return with_unit(variable, low)
    parts = []
    if low > variable.low:
        loose = _is_round(low)
        parts.append(f"{'at least' if loose else 'above'} {with_unit(variable, low if loose else _before(low))}")
    if high < variable.high:
        loose = _is_round(high)
        parts.append(f"{'at most' if loose else 'below'} {with_unit(variable, high if loose else _after(high))}")
    return " and ".join(parts) or "any value"


def _is_round(number: float) -> bool:
    """Whether a limit was printed as it stands, and is not the neighbour of one that is excluded."""
    return len(repr(number)) <= 12


def _before(number: float) -> float:
    return math.nextafter(number, -math.inf)


def _after(number: float) -> float:
    return math.nextafter(number, math.inf)


def _alternatives(variable: Variable, values: object) -> str:
    assert isinstance(values, frozenset | set)
    if variable.kind == "boolean":
        return "yes or no" if len(values) > 1 else "yes" if True in values else "no"
    order = {value: i for i, value in enumerate(variable.values)}
    words = [str(value).replace("_", " ") for value in sorted(values, key=lambda v: order.get(v, 0))]
    names = {"true": "yes", "false": "no"}
    return " or ".join(names.get(word, word) for word in words)
