"""Expressions: small frozen values that say what a rule asks, and nothing of how it is computed.

Built with Python operators they read like the published table::

    major & at_least(1, minor) | at_least(3, minor)

Two expressions that look the same are the same object (they are interned), so a criterion used in ten places
is worked out once, and identity can stand for equality.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, ClassVar, Literal, Self, TypeAlias
from weakref import WeakValueDictionary

from mastkit.logic.variables import Variable

Operator: TypeAlias = Literal[">", ">=", "<", "<="]
Verification: TypeAlias = Literal["primary", "reprint", "unverified"]


class _Interned(type):
    """Makes ``Node(a, b)`` give the same object for the same arguments."""

    _known: ClassVar[WeakValueDictionary[tuple[Any, ...], Any]] = WeakValueDictionary()

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        node = super().__call__(*args, **kwargs)
        # The type of a constant belongs to the key: in Python 1 == True.
        key = (cls, *((type(v), v) for v in (getattr(node, f.name) for f in fields(node))))
        return _Interned._known.setdefault(key, node)


@dataclass(frozen=True, eq=False)
class Expression(metaclass=_Interned):
    """A question about one person whose answer is true, false or unknown."""

    def __and__(self, other: Expression | Variable) -> Expression:
        """Both."""
        return And((*_parts(And, self), *_parts(And, expression(other))))

    def __or__(self, other: Expression | Variable) -> Expression:
        """At least one of the two."""
        return Or((*_parts(Or, self), *_parts(Or, expression(other))))

    def __rand__(self, other: Variable) -> Expression:
        """A variable and an expression."""
        return expression(other) & self

    def __ror__(self, other: Variable) -> Expression:
        """A variable or an expression."""
        return expression(other) | self

    def __invert__(self) -> Expression:
        """The opposite."""
        return self.item if isinstance(self, Not) else Not(self)

    @property
    def children(self) -> tuple[Expression, ...]:
        """The expressions that this one is made of."""
        return ()

    def __bool__(self) -> bool:
        """Refused: ``and``, ``or`` and ``not`` would silently lose the unknown."""
        raise TypeError("write &, | and ~ between expressions: 'and', 'or' and 'not' cannot be used")


@dataclass(frozen=True, eq=False)
class Constant(Expression):
    """Always true, or always false."""

    value: bool


ALWAYS = Constant(True)
NEVER = Constant(False)


@dataclass(frozen=True, eq=False)
class Member(Expression):
    """The variable has one of these values; a boolean variable by itself is ``Member(v, {True})``."""

    variable: Variable
    values: frozenset[bool | str]

    def __post_init__(self) -> None:
        """Refuse values that the variable cannot have."""
        v = self.variable
        allowed: set[bool | str] = {True, False} if v.kind == "boolean" else {*v.truths, *v.provisional}
        if v.kind == "number" or not self.values or not self.values <= allowed:
            raise ValueError(
                f"{v.name}: expected some of {sorted(map(str, allowed))}, found {sorted(map(str, self.values))}"
            )


@dataclass(frozen=True, eq=False)
class Comparison(Expression):
    """A number beside a limit. With ``one_plus``, the number is first divided by one plus that count."""

    variable: Variable
    operator: Operator
    limit: float
    one_plus: Variable | None = None

    def __post_init__(self) -> None:
        """Refuse what is no number, and a count that is not bounded."""
        if self.variable.kind != "number":
            raise ValueError(f"{self.variable.name} is no number: it cannot be compared with {self.limit}")
        divisor = self.one_plus
        if divisor is not None and not (divisor.integer and divisor.low >= 0 and divisor.high < 1000):
            raise ValueError(f"{divisor.name}: expected a count with a lowest and a highest value")


@dataclass(frozen=True, slots=True)
class Quotient:
    """A number divided by one plus a count: ``divided(tryptase, one_plus=copies) > 20``."""

    variable: Variable
    one_plus: Variable

    def __gt__(self, limit: float) -> Comparison:
        """The quotient is above the limit."""
        return Comparison(self.variable, ">", float(limit), self.one_plus)

    def __ge__(self, limit: float) -> Comparison:
        """The quotient is at or above the limit."""
        return Comparison(self.variable, ">=", float(limit), self.one_plus)

    def __lt__(self, limit: float) -> Comparison:
        """The quotient is below the limit."""
        return Comparison(self.variable, "<", float(limit), self.one_plus)

    def __le__(self, limit: float) -> Comparison:
        """The quotient is at or below the limit."""
        return Comparison(self.variable, "<=", float(limit), self.one_plus)


@dataclass(frozen=True, slots=True)
class Scaled:
    """A multiple of a number and a shift, to compare another with: ``acute >= 1.2 * baseline + 2``."""

    variable: Variable
    factor: float
    shift: float = 0.0

    def __add__(self, shift: float) -> Scaled:
        """Shifted upwards."""
        return Scaled(self.variable, self.factor, self.shift + float(shift))


@dataclass(frozen=True, eq=False)
class Relation(Expression):
    """A number beside ``factor`` times another plus ``shift``, compared as the decimals that were printed."""

    variable: Variable
    operator: Operator
    factor: float
    other: Variable
    shift: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no number, a number beside itself, and a factor that would turn the order round."""
        for v in (self.variable, self.other):
            if v.kind != "number":
                raise ValueError(f"{v.name} is no number: it cannot be compared with another")
        if self.variable is self.other:
            raise ValueError(f"{self.variable.name} cannot be compared with itself")
        if not 0 < self.factor < float("inf"):
            raise ValueError(f"{self.other.name}: expected a factor above 0, found {self.factor}")


@dataclass(frozen=True, eq=False)
class Not(Expression):
    """The opposite."""

    item: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The one item."""
        return (self.item,)


@dataclass(frozen=True, eq=False)
class And(Expression):
    """All of them."""

    items: tuple[Expression, ...]

    @property
    def children(self) -> tuple[Expression, ...]:
        """The items."""
        return self.items


@dataclass(frozen=True, eq=False)
class Or(Expression):
    """At least one of them."""

    items: tuple[Expression, ...]

    @property
    def children(self) -> tuple[Expression, ...]:
        """The items."""
        return self.items


@dataclass(frozen=True, eq=False)
class AtLeast(Expression):
    """At least ``count`` of the items are true."""

    count: int
    items: tuple[Expression, ...]

    @property
    def children(self) -> tuple[Expression, ...]:
        """The items."""
        return self.items


@dataclass(frozen=True, eq=False)
class ScoreAtLeast(Expression):
    """The weights of the true items, which may be negative, add up to at least ``threshold``."""

    threshold: int
    weights: tuple[int, ...]
    items: tuple[Expression, ...]

    def __post_init__(self) -> None:
        """One weight an item."""
        if len(self.weights) != len(self.items):
            raise ValueError(f"{len(self.items)} items need as many weights, not {len(self.weights)}")

    @property
    def children(self) -> tuple[Expression, ...]:
        """The items."""
        return self.items


@dataclass(frozen=True, eq=False)
class Known(Expression):
    """Something is stated of the variable, whatever it is. Itself always true or false, never unknown."""

    variable: Variable


@dataclass(frozen=True, eq=False)
class Gate(Expression):
    """``finding``, but its absence counts only when ``adequate``: otherwise the truth stays open.

    The truth behind an inadequate test is the ``latent`` variable. In logic this is
    ``finding | (~adequate & latent)``.
    """

    finding: Expression
    adequate: Expression
    latent: Variable

    @property
    def children(self) -> tuple[Expression, ...]:
        """The finding, and what makes its absence count."""
        return (self.finding, self.adequate)

    @cached_property
    def meaning(self) -> Expression:
        """The same in plain logic."""
        return self.finding | (~self.adequate & self.latent)


@dataclass(frozen=True, slots=True)
class Source:
    """A publication: a short key, the reference, and a DOI or address."""

    key: str
    reference: str
    link: str = ""


@dataclass(frozen=True, eq=False)
class Criterion(Expression):
    """A named, published condition.

    Attributes:
        id: short and unique in its rulebook, as clinicians cite it.
        title: in the words of the field.
        condition: when it is met.
        plain: in plain words, for the person.
        source: where it is published, and the clause.
        verified: how far this reading of the publication is verified: ``primary`` (checked against the paper),
            ``reprint`` (read in a secondary source), ``unverified`` (recalled).
        note: what a careful reader should know.
    """

    id: str
    title: str
    condition: Expression
    plain: str = ""
    source: Source | None = None
    clause: str = ""
    verified: Verification = "unverified"
    note: str = ""

    @property
    def children(self) -> tuple[Expression, ...]:
        """The condition."""
        return (self.condition,)


def expression(item: Expression | Variable) -> Expression:
    """The expression itself, or the boolean variable as an expression."""
    return item._itself() if isinstance(item, Variable) else item


def _parts(kind: type[And | Or], item: Expression) -> Sequence[Expression]:
    return item.items if isinstance(item, And | Or) and type(item) is kind else (item,)


def all_of(*items: Expression | Variable) -> Expression:
    """All of these."""
    return And(tuple(expression(i) for i in items))


def any_of(*items: Expression | Variable) -> Expression:
    """At least one of these."""
    return Or(tuple(expression(i) for i in items))


def at_least(count: int, items: Iterable[Expression | Variable]) -> Expression:
    """At least so many of these."""
    return AtLeast(count, tuple(expression(i) for i in items))


def score_at_least(threshold: int, weighted: Iterable[tuple[int, Expression | Variable]]) -> Expression:
    """The points of those that are true reach the threshold; points may be negative."""
    pairs = tuple(weighted)
    return ScoreAtLeast(threshold, tuple(w for w, _ in pairs), tuple(expression(i) for _, i in pairs))


def known(variable: Variable) -> Expression:
    """Something is stated of this variable."""
    return Known(variable)


def gated(finding: Expression | Variable, *, adequate: Expression | Variable, latent: Variable) -> Expression:
    """The finding, whose absence counts only when it was looked for adequately."""
    return Gate(expression(finding), expression(adequate), latent)


def divided(variable: Variable, *, one_plus: Variable) -> Quotient:
    """A number divided by one plus a count."""
    return Quotient(variable, one_plus)


def criterion(
    id: str,  # noqa: A002 - the word of the published tables
    title: str,
    condition: Expression | Variable,
    *,
    plain: str = "",
    source: Source | None = None,
    clause: str = "",
    verified: Verification = "unverified",
    note: str = "",
) -> Criterion:
    """A named, published condition; see :class:`Criterion`."""
    return Criterion(id, title, expression(condition), plain, source, clause, verified, note)


def walk(*roots: Expression) -> Iterator[Expression]:
    """Every expression below these, each once, children before their parents."""
    seen: set[int] = set()

    def visit(node: Expression) -> Iterator[Expression]:
        if id(node) in seen:
            return
        seen.add(id(node))
        for child in node.children:
            yield from visit(child)
        yield node

    for root in roots:
        yield from visit(root)


def variables_of(*roots: Expression) -> tuple[Variable, ...]:
    """The variables that these expressions ask about, each once, in order of first mention."""
    found: dict[Variable, None] = {}
    for node in walk(*roots):
        match node:
            case Member(variable=v) | Known(variable=v):
                found[v] = None
            case Comparison(variable=v, one_plus=divisor):
                found[v] = None
                if divisor is not None:
                    found[divisor] = None
            case Relation(variable=v, other=other):
                found[v] = found[other] = None
            case Gate(latent=v):
                found[v] = None
            case _:
                pass
    return tuple(found)


__all__ = [
    "ALWAYS", "NEVER", "And", "AtLeast", "Comparison", "Constant", "Criterion", "Expression", "Gate", "Known",
    "Member", "Not", "Operator", "Or", "Quotient", "Relation", "Scaled", "ScoreAtLeast", "Self",
    "Source", "Verification", "all_of", "any_of", "at_least", "criterion", "divided", "expression", "gated",
    "known", "score_at_least", "variables_of", "walk",
]  # fmt: skip
