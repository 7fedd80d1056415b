"""Compile: the criteria of a rulebook as columns over a whole table, through Ibis (extra ``population``).

The answer is that of :mod:`mastkit.logic.evaluate` in every row: true, false, or NULL for unknown. Ibis writes it
for many engines; DuckDB runs it within this process. Where three-valued logic is too weak,
:mod:`mastkit.logic.decide` is exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mastkit.logic.compiled_facts import cells_refused, fact_table
from mastkit.logic.compiled_truth import Column, Table, TruthColumns
from mastkit.logic.expressions import Criterion, Expression, walk
from mastkit.logic.rulebook import Rulebook
from mastkit.logic.score import Part, Score

__all__ = ["cells_refused", "criteria_columns", "score_columns", "truth_columns"]


def criteria_columns(rulebook: Rulebook, sheets: Table, *, keep: Sequence[str] = ()) -> Table:
    """One boolean column a criterion, named by its id; NULL where it is unknown.

    Args:
        rulebook: the rules.
        sheets: an Ibis table, one row a person; see :func:`mastkit.logic.compiled_facts.fact_table`.
        keep: columns of the sheets to keep beside them.

    Raises:
        ValueError: in one sentence, for a column of a type that its variable cannot have.
    """
    return truth_columns(rulebook, sheets, {c.id: c for c in rulebook.criteria}, keep=keep)


def truth_columns(
    rulebook: Rulebook | Score, sheets: Table, named: Mapping[str, Expression], *, keep: Sequence[str] = ()
) -> Table:
    """One boolean column for each named expression over the variables of the rules."""
    table, truth = _read(fact_table(rulebook, sheets), named.values())
    return table.select(*keep, **{name: truth(node) for name, node in named.items()})


def score_columns(score: Score, sheets: Table, *, keep: Sequence[str] = ()) -> Table:
    """Two columns, ``low`` and ``high``: the lowest and the highest number of points that are possible."""
    conditions = [condition for part in score.parts for condition, _ in part.choices]
    table, truth = _read(fact_table(score, sheets), conditions)
    ends = [_points(part, truth) for part in score.parts]
    low = _added(low for low, _ in ends)
    high = _added(high for _, high in ends)
    return table.select(*keep, low=low, high=high)


def _read(table: Table, roots: Iterable[Expression]) -> tuple[Table, TruthColumns]:
    """The table with what is asked in several places as columns, the innermost first: each is worked out once."""
    nodes = list(walk(*roots))
    asked = Counter(child for node in nodes for child in node.children)
    depth: dict[Expression, int] = {}
    layers: dict[int, list[Expression]] = {}
    for node in nodes:
        depth[node] = max((depth[child] for child in node.children), default=0)
        if node.children and (isinstance(node, Criterion) or asked[node] > 1):
            depth[node] += 1
            layers.setdefault(depth[node], []).append(node)
    named: dict[Expression, str] = {}
    for layer in sorted(layers):
        truth = TruthColumns(table, named)
        names = {node: f"part:{len(named) + i}" for i, node in enumerate(layers[layer])}
        table = table.mutate(**{name: truth(node) for node, name in names.items()})
        named.update(names)
    return table, TruthColumns(table, named)


def _points(part: Part, truth: TruthColumns) -> tuple[Column, Column]:
    """The lowest and the highest points of one part: the first condition that holds gives them."""
    import ibis

    least, most = min(part.points), max(part.points)
    settled = ibis.literal(False)  # whether an earlier condition surely holds
    lows, highs = [], []
    for condition, points in part.choices:
        met = truth(condition)
        possible = ~settled & met.fill_null(True)
        lows.append(possible.ifelse(points, most))
        highs.append(possible.ifelse(points, least))
        settled = settled | met.fill_null(False)
    lows.append(settled.ifelse(most, part.otherwise))
    highs.append(settled.ifelse(least, part.otherwise))
    return (ibis.least(*lows), ibis.greatest(*highs)) if len(lows) > 1 else (lows[0], highs[0])


def _added(columns: Iterable[Column]) -> Column:
    import ibis

    total = ibis.literal(0, "int64")
    for column in columns:
        total = total + column
    return total
