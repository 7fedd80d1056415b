"""Reactions as plain data, ready to be written as JSON."""

from __future__ import annotations

from typing import Any

from mastkit.followup.reaction import Reaction
from mastkit.followup.tryptase_answer import TryptaseAnswer, shown
from mastkit.logic.explain import ground_as_data


def reaction_as_data(found: Reaction) -> dict[str, Any]:
    """A reaction as plain data, ready to be written as JSON."""
    return {
        "flare": str(found.flare.id),
        "time": str(found.flare.time),
        "zone": found.flare.time.zone,
        "judged_anaphylaxis": found.judged,
        "warning": found.warning or None,
        "facts": {name: found.known.rests_on.get(name) for name in found.known.values},
        "before": [
            {"code": b.code, "hours": list(b.hours), "known_trigger": b.known, "suspected": b.suspected}
            for b in found.known.before
        ],
        "not_understood": list(found.known.not_understood),
        "remarks": list(found.known.remarks),
        "criteria": {
            j.criterion.id: {
                "title": j.criterion.title,
                "truth": j.truth,
                "if_nothing_else_was_there": j.if_complete,
                "missing": [v.name for v in j.missing],
                "source": j.criterion.source.key if j.criterion.source else None,
                "clause": j.criterion.clause,
                "verified": j.criterion.verified,
                "note": j.criterion.note or None,
                "because": ground_as_data(j.ground),
            }
            for j in found.criteria
        },
        "severity": {
            g.grading.id: {
                "title": g.grading.title,
                "certain": g.certain.code,
                "possible": g.highest.code,
                "if_nothing_else_was_there": g.written.code,
                "source": g.grading.source.key if g.grading.source else None,
                "verified": g.grading.verified,
            }
            for g in found.grades
        },
        "tryptase": tryptase_as_data(found.tryptase),
        "windows": [
            {
                "protocol": w.protocol,
                "sample": w.sample.id,
                "title": w.sample.title,
                "state": w.state,
                "opens": w.opens.isoformat() if w.opens else None,
                "closes": w.closes.isoformat() if w.closes else None,
            }
            for w in found.windows
        ],
    }


def tryptase_as_data(answer: TryptaseAnswer) -> dict[str, Any]:
    """The answer as plain data, ready to be written as JSON."""
    return {
        "rule": "20 % + 2",
        "met": answer.met,
        "words": list(answer.words),
        "protocol": {
            "id": answer.protocol.id,
            "title": answer.protocol.title,
            "year": answer.protocol.year,
            "source": answer.protocol.source,
            "verified": answer.protocol.verified,
        },
        "samples": [
            {
                "id": str(s.measurement.id),
                "time": str(s.measurement.time),
                "value": shown(s.value),
                "hours_after_onset": None if s.worth.hours is None else list(s.worth.hours),
                "worth": s.worth.worth,
                "why": s.worth.why,
                "linked": s.linked,
            }
            for s in answer.samples
        ],
        "baselines": [
            {
                "id": str(b.measurement.id),
                "time": str(b.measurement.time),
                "value": shown(b.value),
                "qualifies": b.worth.qualifies,
                "why": b.worth.why,
                "used": b is answer.used,
            }
            for b in answer.baselines
        ],
        "answers": [
            {
                "sample": str(a.sample.measurement.id),
                "baseline": str(a.baseline.measurement.id),
                "limit": shown(a.limit),
                "ratio": None if a.ratio is None else shown(a.ratio, ""),
                "met": a.met,
                "formula": a.formula,
                "borderline": a.borderline,
                "above_ratio": a.above_ratio,
                "within_variability": a.within_variability,
                "raised_for_genotype": a.raised_for_genotype,
            }
            for a in answer.answers
        ],
        "others_differ": [str(b.measurement.id) for b in answer.others_differ],
    }
