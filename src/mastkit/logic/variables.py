"""Variables: the named things that rules ask about, and what an absent one means."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mastkit.logic.expressions import Comparison, Expression, Member, Relation, Scaled


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """A named quantity or statement about one person.

    Attributes:
        name: the key under which a fact is looked up.
        title: what it is, for a reader.
        kind: ``boolean``, ``choice`` or ``number``.
        unit: UCUM unit of a number.
        values: what may be stated of a choice.
        open_values: statements that leave the truth open, each with the truths it still allows
            (``present``: palpable or found by imaging).
        provisional: statements that stand for now and that a further test would replace (``suspected``). An
            unknown variable may have any of them; a test gives one of the other values, its truths.
        low, high: range of a number, both included.
        integer: whether a number counts something.
        absent: what it means when nothing is stated: ``None`` for unknown, otherwise the value that a report
            which is silent is taken to give; ``absent_reason`` says why.
        observable: ``False`` for what no test can show directly (the truth behind an inadequate test). Such a
            variable is always unknown, and is never named as a missing test.
    """

    name: str
    title: str = ""
    kind: Literal["boolean", "choice", "number"] = "boolean"
    unit: str = ""
    values: tuple[str, ...] = ()
    open_values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    provisional: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    integer: bool = False
    absent: bool | str | float | None = None
    absent_reason: str = ""
    observable: bool = True
    truths: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Work out which values a choice can truly have: all but the open and the provisional statements."""
        statements = {name for name, _ in self.open_values} | set(self.provisional)
        object.__setattr__(self, "truths", tuple(v for v in self.values if v not in statements))
        for name, allowed in self.open_values:
            unknown = [v for v in allowed if v not in self.truths]
            if name not in self.values or unknown:
                raise ValueError(f"variable {self.name}: open value {name} allows {unknown or 'nothing stated'}")

    def __repr__(self) -> str:
        """The name alone: expressions stay readable."""
        return self.name

    # A boolean variable is an expression by itself; these make the rules read like the printed table.

    def __invert__(self) -> Expression:
        """``~ascites``: not ascites."""
        return ~self._itself()

    def __and__(self, other: Expression | Variable) -> Expression:
        """``ascites & enzymes``: both."""
        return self._itself() & other

    def __or__(self, other: Expression | Variable) -> Expression:
        """``ascites | enzymes``: at least one of them."""
        return self._itself() | other

    def __gt__(self, limit: float | Scaled) -> Comparison | Relation:
        """``tryptase > 20``."""
        return self._compare(">", limit)

    def __ge__(self, limit: float | Scaled) -> Comparison | Relation:
        """``vaf >= 10``."""
        return self._compare(">=", limit)

    def __lt__(self, limit: float | Scaled) -> Comparison | Relation:
        """``platelets < 100``."""
        return self._compare("<", limit)

    def __le__(self, limit: float | Scaled) -> Comparison | Relation:
        """``share <= 25``."""
        return self._compare("<=", limit)

    def __rmul__(self, factor: float) -> Scaled:
        """``1.2 * baseline``, to compare another number with."""
        from mastkit.logic.expressions import Scaled

        return Scaled(self, float(factor))

    def is_in(self, *values: str) -> Member:
        """One of these values of a choice."""
        from mastkit.logic.expressions import Member

        return Member(self, frozenset(values))

    def _itself(self) -> Member:
        from mastkit.logic.expressions import Member

        return Member(self, frozenset({True}))

    def _compare(self, operator: Literal[">", ">=", "<", "<="], limit: float | Scaled) -> Comparison | Relation:
        from mastkit.logic.expressions import Comparison, Relation, Scaled

        if isinstance(limit, Scaled):
            return Relation(self, operator, limit.factor, limit.variable, limit.shift)
        return Comparison(self, operator, float(limit))


def boolean(name: str, title: str = "", *, absent: bool | None = None, absent_reason: str = "") -> Variable:
    """A statement that is true or false."""
    return Variable(name, title, "boolean", absent=absent, absent_reason=absent_reason)


def choice(
    name: str,
    values: tuple[str, ...],
    title: str = "",
    *,
    open_values: dict[str, tuple[str, ...]] | None = None,
    provisional: tuple[str, ...] = (),
    absent: str | None = None,
    absent_reason: str = "",
) -> Variable:
    """One of several values; ``open_values`` are statements that leave some of them possible."""
    return Variable(
        name,
        title,
        "choice",
        values=values,
        open_values=tuple((open_values or {}).items()),
        provisional=provisional,
        absent=absent,
        absent_reason=absent_reason,
    )


def number(
    name: str,
    title: str = "",
    *,
    unit: str = "",
    low: float = -math.inf,
    high: float = math.inf,
    integer: bool = False,
    absent: float | None = None,
    absent_reason: str = "",
) -> Variable:
    """A quantity in a fixed unit."""
    return Variable(
        name,
        title,
        "number",
        unit=unit,
        low=low,
        high=high,
        integer=integer,
        absent=absent,
        absent_reason=absent_reason,
    )


def latent(name: str, title: str = "") -> Variable:
    """A truth that no test shows directly: always unknown, never named as missing."""
    return Variable(name, title, "boolean", observable=False)
