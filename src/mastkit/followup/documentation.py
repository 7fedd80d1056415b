"""The tables that the guide to follow-up prints, made from the data and the rules themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mastkit.followup.caution import caution_classes, procedure_notes
from mastkit.followup.monitoring import Schedule, schedules
from mastkit.followup.questionnaires import questionnaires
from mastkit.followup.sources import sources
from mastkit.followup.variation import published_variation
from mastkit.rulebooks import PROGNOSTIC_SCORES

MADE_BY = "made by tools/pages.py"


def score_table() -> str:
    """The prognostic scores: points, groups, population, verification."""
    rows = []
    for rule in PROGNOSTIC_SCORES.values():
        score = rule.score
        lines = [f"{part.title}: {' or '.join(f'{p:+d}' for _, p in part.choices)}" for part in score.parts]
        groups = ", ".join(f"{level.code} from {level.lowest}" for level in score.levels) or "none shown"
        cells = (score.title, "; ".join(lines), groups, rule.population.title, rule.endpoint, score.verified)
        rows.append(cells)
    return _table(("Score", "Points", "Groups", "Made for", "Foretells", "Checked"), rows)


def schedule_table() -> str:
    """The monitoring schedules."""
    rows = (
        (s.test.label, _whom(s), _every(s), s.reason, f"{s.source.key} ({s.authority})", s.verified)
        for s in schedules()
    )
    return _table(("Test", "For", "How often", "Why", "Source", "Checked"), rows)


def _whom(schedule: Schedule) -> str:
    words = [", ".join(sorted(schedule.subtypes))] if schedule.subtypes else []
    if schedule.medicines:
        words.append(f"on {', '.join(schedule.medicines)}")
    if schedule.from_week is not None or schedule.to_week is not None:
        end = "on" if schedule.to_week is None else f"to {schedule.to_week}"
        words.append(f"from week {schedule.from_week or 0} {end}")
    words += {
        "used": ["those who use it"],
        "no-osteoporosis": ["without osteoporosis"],
        "never": [],
        "": [],
    }[schedule.when]
    if schedule.last is not None:
        words.append(schedule.reason)
    return "; ".join(words) or "everybody"


def _every(schedule: Schedule) -> str:
    if schedule.unit in ("once", "as indicated"):
        return schedule.unit
    low, high = schedule.every_from, schedule.every_to
    if high is None:
        return f"not before {low} {schedule.unit}s"
    count = str(low) if low == high else f"{low} to {high}"
    return f"every {count} {schedule.unit}{'' if count == '1' else 's'}"


def questionnaire_table() -> str:
    """The questionnaires: scoring, meaning, licence."""
    rows = []
    for q in questionnaires().values():
        limits = (
            f"{q.total_low:g} to {q.total_high:g}" if q.total_low is not None and q.total_high is not None else ""
        )
        scoring = f"sum of {q.items} items, {limits}" if q.scored else "total as typed in"
        marks = "; ".join(f"{m.text} ({m.source.key})" for m in q.marks) or "none found"
        better = f"{q.better} is better" if q.better else "not found"
        rows.append((f"{q.title} (`{q.id}`)", scoring, better, marks, f"{q.holder}: {q.licence}", q.verified))
    return _table(("Questionnaire", "Scoring", "Direction", "Published meaning", "Rights", "Checked"), rows)


def caution_table() -> str:
    """The classes of medicines on caution lists."""
    rows = []
    for rule in caution_classes().values():
        contested = f"contested: {'; '.join(rule.positions)}" if rule.contested else rule.says
        rows.append((rule.title, ", ".join(rule.names), rule.advice, contested, rule.source.key, rule.verified))
    return _table(("Class", "Medicines", "Listed as", "What the source says", "Source", "Checked"), rows)


def procedure_table() -> str:
    """What was published of procedures."""
    rows = ((note.label, note.says, note.source.key, note.verified) for note in procedure_notes().values())
    return _table(("Procedure", "What the source says", "Source", "Checked"), rows)


def variation_table() -> str:
    """Published variation at rest."""
    rows = ((v.test, v.text, v.population, v.source.key, v.verified) for v in published_variation())
    return _table(("Test", "What was found", "In whom", "Source", "Checked"), rows)


def source_table() -> str:
    """The sources of these data by key."""
    rows = ((s.key, f"[{s.reference}]({s.link})" if s.link else s.reference) for s in sources().values())
    return _table(("Key", "Reference"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "scores": score_table,
    "schedules": schedule_table,
    "variation": variation_table,
    "questionnaires": questionnaire_table,
    "caution": caution_table,
    "procedures": procedure_table,
    "sources": source_table,
}


def with_tables(page: str) -> str:
    """Return a page with every table between its two marks brought up to date.

    Raises:
        ValueError: naming the table whose marks are not on the page.
    """
    for name, table in TABLES.items():
        begin, end = f"<!-- {name}: begin; {MADE_BY} -->", f"<!-- {name}: end -->"
        before, found, rest = page.partition(begin)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise ValueError(f"the page has no marks for the table of {name}: {begin} and {end}")
        page = f"{before}{begin}\n\n{table()}\n\n{end}{after}"
    return page


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    lines += [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)
