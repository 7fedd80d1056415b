"""Assess one person under both systems: facts in, answer with its grounds out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mastkit.assessment.answer import Assessment, Count, Judged, MissingSet, OtherReading, SystemAnswer
from mastkit.assessment.differences import agreement, disagreements
from mastkit.assessment.from_record import read_sheet
from mastkit.assessment.missing import ranked, with_tests
from mastkit.assessment.stated import stated_diagnosis
from mastkit.assessment.systems import System, systems
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.explain import explain
from mastkit.logic.facts import Facts, read_facts
from mastkit.logic.masks import Masks
from mastkit.logic.values import Fact
from mastkit.record.record import Record
from mastkit.record.sheets.numbers import NotANumber, parse_number
from mastkit.rulebooks.refinements import refinements
from mastkit.vocabulary.variables import sheet_variables

Values = Mapping[str, Fact | None]
"""Sheet variable to its value; a missing key or ``None`` is unknown."""

LARGEST_WAY = 16
"""A longer list of missing variables is no help to anybody."""


def assess(
    values: Values,
    *,
    id: str = "",  # noqa: A002 - the word of a case sheet
    readings: Mapping[str, str] | None = None,
    ways: bool = False,
    facts_of: Mapping[str, str] | None = None,
    remarks: tuple[str, ...] = (),
) -> Assessment:
    """Assess one person under WHO 2022 and ICC 2022.

    Args:
        values: what is known, by sheet variable, in the units of the case sheet.
        id: the name of the person or sheet, handed on.
        readings: options that differ from the defaults, such as ``{"who-2022.b1": "and_or_vaf"}``.
        ways: whether to look, for each possible subtype, for a smallest set of variables that could settle it.
        facts_of: for each variable where its value comes from, in words, handed on.
        remarks: what to tell of how the values were read, handed on.

    Raises:
        ValueError: in one sentence, for a value that a variable cannot have, or an unknown reading.
    """
    answers = tuple(_answer(chosen, values, ways) for chosen in systems(readings))
    return Assessment(id, answers, disagreements(answers), agreement(answers), facts_of or {}, remarks)


def assess_sheet(sheet: Mapping[str, Any], *, readings: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Assess one case sheet, as plain data in and out.

    Args:
        sheet: variables of the case sheet, or an object that has them under ``sheet`` beside its ``id``.
            Censored numbers are texts such as ``">200"``.
        readings: as for :func:`assess`.

    Raises:
        ValueError: in one sentence, for a value that a variable cannot have, or an unknown reading.
    """
    inner = sheet.get("sheet", sheet)
    if not isinstance(inner, Mapping):
        raise ValueError("sheet: expected an object with the variables of one person")
    return assess(sheet_values(inner), id=str(sheet.get("id", "")), readings=readings).to_dict()


def assess_record(
    record: Record, *, on: date | None = None, readings: Mapping[str, str] | None = None, ways: bool = False
) -> Assessment:
    """Assess the person of a record, with where each value comes from and the diagnosis that was stated.

    Args:
        record: all facts of the person.
        on: the day for which to judge; facts after it are passed over.
        readings, ways: as for :func:`assess`.

    Raises:
        ValueError: in one sentence, for an unknown reading.
    """
    sheet = read_sheet(record, on=on)
    found = assess(
        sheet.values,
        id=str(record.id),
        readings=readings,
        ways=ways,
        facts_of=sheet.facts_of,
        remarks=tuple(sheet.remarks),
    )
    return replace(found, stated=stated_diagnosis(record, found.answers, on=on))


def sheet_values(sheet: Mapping[str, Any]) -> dict[str, Fact | None]:
    """The variables of one case sheet with their censored numbers read; other keys are passed over.

    Raises:
        ValueError: in one sentence, for a number that cannot be read.
    """
    variables = sheet_variables()
    result: dict[str, Fact | None] = {}
    for name, value in sheet.items():
        variable = variables.get(name)
        if variable is None or value is None:
            continue
        if variable.kind == "number" and value == value:  # NaN is unknown
            try:
                value = parse_number(value, variable)
            except NotANumber as error:
                raise ValueError(f"{name}: found {value!r}, expected {error}") from None
        result[name] = value
    return result


def _answer(chosen: System, values: Values, ways: bool) -> SystemAnswer:
    book, classifier = chosen.rulebook, chosen.classifier
    facts = read_facts(classifier, values)
    masks = classifier.masks(facts)
    possible, *under_others = classifier.possible_under_each(masks)
    evaluate = Evaluator(facts.known, facts.stated)
    judged = tuple(
        Judged(c, c.id.partition("-")[2], classifier.truth(c, masks), explain(c, facts, evaluate))
        for c in book.criteria
    )
    truths = {j.criterion: j.truth for j in judged}
    counts = {
        name: Count(
            sum(truths[c] is True for c in members),
            sum(truths[c] is not False for c in members),
        )
        for name, members in book.groups.items()
    }
    return SystemAnswer(
        system=book.id,
        title=book.title,
        systemic=truths[book.question],
        possible=possible,
        titles={label.code: label.title for label in book.labels},
        counts=counts,
        judged=judged,
        missing=ranked(classifier.deciding_sets(facts, masks, known_possible=possible)),
        other_readings=_other_readings(chosen, possible, under_others),
        chosen=book.chosen,
        labels=_finer_labels(chosen, possible, masks),
        presumed=_presumptions(facts),
        verified=book.verified,
        ways=_ways(chosen, facts, masks) if ways else {},
    )


def _ways(chosen: System, facts: Facts, masks: Masks) -> dict[str, MissingSet]:
    found = chosen.classifier.ways(facts, masks, largest=LARGEST_WAY)
    return {code: with_tests(variables, (code,)) for code, variables in found.items()}


def _other_readings(
    chosen: System, possible: tuple[str, ...], under_others: Sequence[tuple[str, ...]]
) -> tuple[OtherReading, ...]:
    return tuple(
        OtherReading(r.id, r.title, chosen.rulebook.option(r.id), option, would_be, r.clause)
        for (r, option, _), would_be in zip(chosen.others, under_others, strict=True)
        if would_be != possible
    )


def _finer_labels(chosen: System, possible: tuple[str, ...], masks: Masks) -> tuple[tuple[str, str], ...]:
    """What surely holds beside the subtype, once that is settled."""
    if len(possible) != 1:
        return ()
    return tuple(
        (r.title, r.verified)
        for r in refinements(chosen.rulebook)
        if possible[0] in r.subtypes and chosen.classifier.truth(r.condition, masks)
    )


def _presumptions(facts: Facts) -> dict[str, str]:
    return {v.name: why for v, why in facts.presumed.items() if v.observable}
