"""A table of case sheets as a table of facts: what :func:`mastkit.logic.facts.read_facts` does, for every row.

For each variable the table of facts has ``NAME:stated``, and ``NAME:is`` (a boolean, or for a choice the values
that are still possible as bits of a number) or ``NAME:low`` and ``NAME:high``; NULL where nothing is known.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Iterator
from functools import reduce

from mastkit.logic.columns import bits_of, values_of
from mastkit.logic.compiled_truth import Column, Table, TruthColumns
from mastkit.logic.expressions import variables_of
from mastkit.logic.facts import Asks, possible_values
from mastkit.logic.rulebook import Presumption
from mastkit.logic.values import Range
from mastkit.logic.variables import Variable


def fact_table(rules: Asks, sheets: Table) -> Table:
    """The table with the columns of facts added, silence read as the rules do.

    Args:
        rules: a rulebook or a score.
        sheets: one row a person. A boolean is a boolean column and a choice a string column, named as the
            variable. A number is a numeric column of its name, or two columns ``NAME_low`` and ``NAME_high``
            (both included, NULL on one side for no limit). A variable without a column is unknown. NaN, and
            whatever :func:`cells_refused` counts, is unknown too.

    Raises:
        ValueError: in one sentence, for a column of a type that the variable cannot have.
    """
    columns: dict[str, Column] = {}
    for variable in rules.variables:
        columns.update(_stated(variable, sheets))
    table = sheets.mutate(**columns)
    absent = {
        name: column
        for v in rules.variables
        if v.absent is not None
        for name, column in _filled(v, table, [(~table[f"{v.name}:stated"], _as_known(v, v.absent))]).items()
    }
    table = table.mutate(**absent) if absent else table
    for active in rounds(rules.presumptions):
        table = _presume(table, active)
    return table


def cells_refused(rules: Asks, sheets: Table) -> Table:
    """One row: the number of ``rows``, and for each variable that has a column, how many cells it cannot have.

    Such cells are unknown in :func:`fact_table`: words that are no value of a choice, numbers outside the range,
    parts of a count.
    """
    table = fact_table(rules, sheets)
    counts = {"rows": table.count()}
    for v in rules.variables:
        names = [name for name in (v.name, f"{v.name}_low", f"{v.name}_high") if name in sheets.columns]
        if names and v.observable:
            cells = [
                _number(v, table, name).nullif(math.nan) if v.kind == "number" else table[name] for name in names
            ]
            filled = reduce(operator.or_, (cell.notnull() for cell in cells))
            counts[v.name] = (filled & ~table[f"{v.name}:stated"]).sum().fill_null(0)
    return table.aggregate(**counts)


def rounds(presumptions: tuple[Presumption, ...]) -> Iterator[list[Presumption]]:
    """The presumptions that can newly apply in the first round, the second, and so on until none can.

    One can newly apply only after a variable that it asks about was read from silence in the round before; a
    variable is read so once, so the chain that led there names each variable once.
    """
    asks = {p: set(variables_of(p.when)) for p in presumptions}
    chains = {(frozenset({p.variable}), p.variable) for p in presumptions}
    active = list(presumptions)
    while active:
        yield active
        grown = [
            (p, (seen | {p.variable}, p.variable))
            for seen, last in chains
            for p in presumptions
            if last in asks[p] and p.variable not in seen
        ]
        chains = {chain for _, chain in grown}
        following = {p for p, _ in grown}
        active = [p for p in presumptions if p in following]


def _presume(table: Table, active: Iterable[Presumption]) -> Table:
    truth = TruthColumns(table)
    by_variable: dict[Variable, list[tuple[Column, tuple[object, ...]]]] = {}
    for p in active:
        silent = table[f"{p.variable.name}:{_parts(p.variable)[0]}"].isnull()
        by_variable.setdefault(p.variable, []).append((silent & truth(p.when).fill_null(False), _known_parts(p)))
    columns: dict[str, Column] = {}
    for variable, cases in by_variable.items():
        columns.update(_filled(variable, table, cases))
    return table.mutate(**columns)


def _filled(variable: Variable, table: Table, cases: list[tuple[Column, tuple[object, ...]]]) -> dict[str, Column]:
    """The columns of a variable, in the first of these cases with the values given for it."""
    import ibis

    columns = {}
    for i, part in enumerate(_parts(variable)):
        name = f"{variable.name}:{part}"
        values = [(condition, ibis.literal(known[i], _TYPES[variable.kind])) for condition, known in cases]
        columns[name] = ibis.cases(*values, else_=table[name])
    return columns


_TYPES = {"boolean": "boolean", "choice": "int64", "number": "float64"}


def _parts(variable: Variable) -> tuple[str, ...]:
    return ("low", "high") if variable.kind == "number" else ("is",)


def _known_parts(presumption: Presumption) -> tuple[object, ...]:
    return _as_parts(presumption.variable, presumption.leaves)


def _as_known(variable: Variable, value: bool | str | float) -> tuple[object, ...]:
    return _as_parts(variable, possible_values(variable, value))


def _as_parts(variable: Variable, known: object) -> tuple[object, ...]:
    if isinstance(known, Range):
        return (float(known.low), float(known.high))
    assert isinstance(known, frozenset)
    if variable.kind == "choice":
        return (bits_of(variable, known),)
    return (None if len(known) > 1 else True in known,)


def _stated(variable: Variable, sheets: Table) -> dict[str, Column]:
    """The columns of a variable from what the sheets state."""
    import ibis

    name = variable.name
    if variable.kind == "number":
        low, high = _bounds(variable, sheets)
        return {f"{name}:low": low, f"{name}:high": high, f"{name}:stated": low.notnull()}
    known = ibis.null(_TYPES[variable.kind])
    if variable.observable and name in sheets.columns:
        known = _boolean(name, sheets) if variable.kind == "boolean" else _choice(variable, sheets)
    return {f"{name}:is": known, f"{name}:stated": known.notnull()}


def _boolean(name: str, sheets: Table) -> Column:
    column = sheets[name]
    if column.type().is_null():
        return column.cast("boolean")
    if not column.type().is_boolean():
        raise ValueError(f"column {name}: expected true or false, found {column.type()}")
    return column


def _choice(variable: Variable, sheets: Table) -> Column:
    import ibis

    column = sheets[variable.name]
    if column.type().is_boolean():
        column = ibis.cases((column, "true"), (~column, "false"), else_=ibis.null("string"))
    elif column.type().is_null():
        return column.cast("int64")
    elif not column.type().is_string():
        raise ValueError(
            f"column {variable.name}: expected one of {', '.join(variable.values)}, found {column.type()}"
        )
    allowed = {word: (word,) for word in values_of(variable)} | dict(variable.open_values)
    cases = [
        (column == word, ibis.literal(bits_of(variable, frozenset(values)), "int64"))
        for word, values in allowed.items()
    ]
    return ibis.cases(*cases, else_=ibis.null("int64"))


def _bounds(variable: Variable, sheets: Table) -> tuple[Column, Column]:
    """The lowest and the highest value, both NULL where nothing is known or where it cannot be."""
    import ibis

    name, nothing = variable.name, ibis.null("float64")
    if name in sheets.columns:
        low = high = _number(variable, sheets, name)
    elif f"{name}_low" in sheets.columns and f"{name}_high" in sheets.columns:
        low, high = (_number(variable, sheets, f"{name}_{end}") for end in ("low", "high"))
        said = low.notnull() | high.notnull()
        low = said.ifelse(low.fill_null(-math.inf), nothing)
        high = said.ifelse(high.fill_null(math.inf), nothing)
    else:
        return nothing, nothing
    # Not LEAST and GREATEST: many engines pass over NULL there, and unknown would become the limit.
    if variable.low > -math.inf:
        low = (low < float(variable.low)).ifelse(float(variable.low), low)
    if variable.high < math.inf:
        high = (high > float(variable.high)).ifelse(float(variable.high), high)
    if variable.integer:
        # Ibis makes whole numbers of 64 bits of them; what is larger than these has no fraction.
        low = (low.abs() < _WHOLE).ifelse(low.ceil().cast("float64"), low)
        high = (high.abs() < _WHOLE).ifelse(high.floor().cast("float64"), high)
    fits = low <= high
    return fits.ifelse(low, nothing), fits.ifelse(high, nothing)


_WHOLE = 1e15
_NO_NUMBER = -8.98846567431158e307


def _number(variable: Variable, sheets: Table, name: str) -> Column:
    """A column of numbers in which NaN is NULL."""
    import ibis

    column = sheets[name]
    if not (column.type().is_numeric() or column.type().is_null()):
        pair = f"{variable.name}_low and {variable.name}_high"
        raise ValueError(f"column {name}: expected numbers (or {pair}), found {column.type()}")
    if not column.type().is_floating():
        return column.cast("float64")
    # DuckDB believes the statistics of a Parquet file, which leave NaN out, and takes any plain question for NaN as
    # answered by them (duckdb issue 25521). After NULLIF it knows of no statistics.
    number = column.cast("float64").nullif(_NO_NUMBER)
    return number.isnan().ifelse(ibis.null("float64"), number)
