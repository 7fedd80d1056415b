"""The pages of the rules of reactions and screening for ``docs/rulebooks``."""

from __future__ import annotations

from mastkit.logic.document import joined, rule_set_page, score_page
from mastkit.rulebooks import CRITERIA_SETS, SCORES
from mastkit.rulebooks.pages import CLAUSES, NOTICE, other_readings
from mastkit.rulebooks.windows import Protocol, Sample, tryptase_windows

SCORES_SHOWN = ("rema", "osteo-score", "brown", "ring-messmer", "mueller")
SETS_SHOWN = ("mast-cell-activation", "anaphylaxis", "who-should-be-tested", "kit-testing")


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    scores = {name: score_page(SCORES[name], clauses=CLAUSES).rstrip() for name in SCORES_SHOWN}
    found = {name: joined([NOTICE, text]) for name, text in scores.items()}
    for name in SETS_SHOWN:
        make = CRITERIA_SETS[name]
        rules = make(None)
        sections = [NOTICE, rule_set_page(rules, clauses=CLAUSES).rstrip()]
        if name == "mast-cell-activation":
            sections.append(_windows())
        found[name] = joined([*sections, other_readings(make, rules)])
    return found


def _windows() -> str:
    windows = tryptase_windows()
    lines = [
        "## Sampling windows",
        "",
        f"Version {windows.version}. Each is an option of the reading `window`.",
        "",
        "| protocol | authority | country | year | samples | read | verification |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_row(protocol) for protocol in windows.protocols.values()]
    return "\n".join(lines)


def _row(protocol: Protocol) -> str:
    samples = "; ".join(_sample(s) for s in protocol.samples)
    where = f"<{protocol.link}>" if protocol.link else protocol.source
    country, year = protocol.country or "–", protocol.year or "–"
    cells = (f"`{protocol.id}`", protocol.authority, country, str(year), samples, where, protocol.verified)
    return f"| {' | '.join(cells)} |"


def _sample(sample: Sample) -> str:
    start = "onset" if sample.after == "onset" else "all symptoms are gone"
    first = f"{'more than ' if sample.beyond else ''}{sample.opens / 60:g}"
    if sample.closes is None:
        return f"{sample.kind}: {first} h or more after {start}"
    ideal = f", best {sample.ideal[0] / 60:g} to {sample.ideal[1] / 60:g} h" if sample.ideal else ""
    return f"{sample.kind}: {first} to {sample.closes / 60:g} h after {start}{ideal}"
