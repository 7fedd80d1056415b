"""Other ways to say which exposures are triggers: what apps do, and what statisticians would reach for."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import fisher_exact, norm

from mastkit.simulation.diary import SimulatedDiary
from mastkit.simulation.life import STEP, kernel
from mastkit.triggers.analysis import analyse
from mastkit.triggers.candidates import DEFAULT
from mastkit.triggers.design import build
from mastkit.triggers.diary import YES, Diary
from mastkit.triggers.risk import CELL, Risk, time_at_risk
from mastkit.triggers.windows import EFFECT_HOURS

Floats = NDArray[np.float64]
FALSE_SHARE = 0.10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method says of the exposures of one diary."""

    score: dict[str, float]
    claimed: set[str]
    probability: dict[str, float] = field(default_factory=dict)
    interval: dict[str, tuple[float, float]] = field(default_factory=dict)
    possible: set[str] | None = None
    status: dict[str, str] = field(default_factory=dict)


Method = Callable[[Diary, SimulatedDiary], Answer]


def ours(diary: Diary, _: SimulatedDiary) -> Answer:
    """Return what mastkit shows: statuses, with all checks.

    In the ranking, an exposure of which nothing can be said yet stands where the prior puts it: to say nothing
    is not to say that it is none.
    """
    result = analyse(diary)
    found = [trigger for trigger in result.triggers if trigger.probability is not None and trigger.ratio]
    unsaid = {code: DEFAULT.of(code, len(diary.codes)) for code in diary.codes}
    return Answer(
        unsaid | {trigger.code: trigger.probability or 0.0 for trigger in found},
        {trigger.code for trigger in result.with_status("likely")},
        {trigger.code: trigger.probability or 0.0 for trigger in found},
        {trigger.code: (trigger.ratio.low, trigger.ratio.high) for trigger in found if trigger.ratio},
        {trigger.code for trigger in result.with_status("likely", "possible")},
        {trigger.code: trigger.status for trigger in result.triggers},
    )


def ratio_rule(diary: Diary, _: SimulatedDiary) -> Answer:
    """Return what apps do: flare days with and without it, at least three of each, ratio 1.5 or more."""
    score, claimed = {}, set()
    for code, (a, b, c, d) in _day_tables(diary).items():
        with_it, without = a / max(a + b, 1), c / max(c + d, 1)
        score[code] = (with_it + 1e-6) / (without + 1e-6)
        if min(a + b, c + d) >= 3 and with_it >= 1.5 * without and a > 0:
            claimed.add(code)
    return Answer(score, claimed)


def fisher(diary: Diary, _: SimulatedDiary) -> Answer:
    """Return Fisher's exact test on the same days, with Benjamini and Hochberg's correction."""
    p = {
        code: float(fisher_exact([[a, b], [c, d]], alternative="greater")[1])
        for code, (a, b, c, d) in _day_tables(diary).items()
    }
    return Answer({code: -value for code, value in p.items()}, benjamini_hochberg(p))


def case_crossover(diary: Diary, _: SimulatedDiary) -> Answer:
    """Return a conditional logistic regression: each flare beside the same hour of other days of its month.

    statsmodels' stratified Cox model with one time is that regression (so does R's clogit); its own
    ConditionalLogit takes seconds a person; `bench/triggers.py --agreement` compares the two.
    """
    cases, x, codes = case_crossover_table(diary)
    return conditional_logit(cases, x, codes)


def case_crossover_table(diary: Diary) -> tuple[NDArray[np.int64], Floats, list[str]]:
    """Return rows of (stratum, is a flare) and the exposures of the six hours before."""
    risk = time_at_risk(diary)
    codes = [code for code in diary.codes if code != "insect-sting"]
    at_risk = set(np.floor(risk.cells / CELL).astype(int).tolist())
    rows, times = [], []
    for stratum, onset in enumerate(risk.onsets):
        rows.append((stratum, 1))
        times.append(onset)
        begin = (onset // (28 * 24)) * 28 * 24
        for day in range(28):
            control = begin + day * 24 + onset % 24
            if abs(control - onset) > 1 and int(control / CELL) in at_risk:
                rows.append((stratum, 0))
                times.append(control)
    x = np.zeros((len(times), len(codes)))
    for place, code in enumerate(codes):
        chosen = diary.of(code) & (diary.exposures.already != YES)
        at = np.sort(diary.exposures.at[chosen])
        when = np.array(times)
        x[:, place] = np.searchsorted(at, when, side="right") > np.searchsorted(at, when - EFFECT_HOURS, "right")
    return np.array(rows).reshape(-1, 2), x, codes


def conditional_logit(rows: NDArray[np.int64], x: Floats, codes: list[str]) -> Answer:
    """Fit the table of `case_crossover_table`; an exposure that never varies within a stratum says nothing."""
    from statsmodels.duration.hazard_regression import PHReg

    varies = (
        [
            place
            for place in range(x.shape[1])
            if x[rows[:, 1] == 1, place].sum() >= 2 and 0 < x[:, place].mean() < 1
        ]
        if len(rows)
        else []
    )
    if not varies:
        return Answer({}, set())
    try:
        fitted = PHReg(np.ones(len(rows)), x[:, varies], status=rows[:, 1], strata=rows[:, 0], ties="breslow").fit(
            disp=0, maxiter=40
        )
        beta, error = np.asarray(fitted.params), np.asarray(fitted.bse)
    except (np.linalg.LinAlgError, ValueError):
        return Answer({}, set())
    score, p, interval = {}, {}, {}
    for place, b, se in zip(varies, beta, error, strict=True):
        if np.isfinite(b) and np.isfinite(se) and 0 < se < 50:
            code = codes[place]
            score[code], p[code] = float(b / se), float(norm.sf(b / se))
            interval[code] = (float(np.exp(b - 1.645 * se)), float(np.exp(min(b + 1.645 * se, 50))))
    return Answer(score, benjamini_hochberg(p), {}, interval)


def ridge(diary: Diary, _: SimulatedDiary) -> Answer:
    """Return a Poisson regression on the same rows as ours, shrunk by a normal prior on each log ratio."""
    design = build(diary)
    problem = design.problem
    singles = [place for place, c in enumerate(design.candidates) if not c.is_pair]
    if not len(problem.hours) or not singles:
        return Answer({}, set())
    sizes = np.diff(np.append(problem.group_starts, len(problem.hours)))
    blocks, targets, precision = [np.ones((len(problem.hours), 1))], [np.array([problem.flares])], [1e-4]
    for factor in problem.factors:
        level = np.repeat(factor.level, sizes)
        blocks.append((level[:, None] == np.arange(len(factor.flares))).astype(float))
        targets.append(factor.flares)
        precision += [6.0] * len(factor.flares)
    x = np.zeros((len(problem.hours), len(singles)))
    counts = np.zeros(len(singles))
    for n, place in enumerate(singles):
        column = problem.columns[place]
        x[column.rows, n] = column.inside[column.main]
        counts[n] = column.flares[column.main]
    matrix = np.hstack([*blocks, x])
    target = np.concatenate([*targets, counts])
    beta, covariance = _poisson(matrix, target, problem.hours, np.array(precision + [1.0] * len(singles)))
    own = beta[-len(singles) :]
    error = np.sqrt(np.diag(covariance)[-len(singles) :])
    codes = [design.candidates[place].codes[0] for place in singles]
    score = {c: float(norm.sf((np.log(1.25) - b) / e)) for c, b, e in zip(codes, own, error, strict=True)}
    interval = {
        c: (float(np.exp(b - 1.645 * e)), float(np.exp(b + 1.645 * e)))
        for c, b, e in zip(codes, own, error, strict=True)
    }
    return Answer(score, {code for code, value in score.items() if value > 0.9}, {}, interval)


def oracle(diary: Diary, truth: SimulatedDiary, sweeps: int = 150) -> Answer:
    """Return the best that could be said: lags, baseline, medicine and how common triggers are known."""
    life, risk = truth.life, time_at_risk(diary)
    prior = np.clip(2.5 * np.array([k.weight for k in life.kinds]) / sum(k.weight for k in life.kinds), 0.01, 0.6)
    peaks = np.exp(np.linspace(*np.log(truth.scenario.peak), 8))
    cells, flares = _effects(diary, truth, risk)
    step = np.minimum((risk.cells / STEP).astype(int), len(life.baseline) - 1)
    expected = life.baseline[step] * risk.hours
    active = [np.flatnonzero(effect) for effect in cells]
    at_flares = np.array([[np.log1p((p - 1) * effect).sum() for p in peaks] for effect in flares])
    random = np.random.default_rng(0)
    now = np.ones(len(active))
    total = np.zeros(len(active))
    for sweep in range(sweeps + 30):
        for j, rows in enumerate(active):
            effect = cells[j][rows]
            rest = expected[rows] / (1 + (now[j] - 1) * effect)
            log = np.log(prior[j] / len(peaks)) + at_flares[j] - (peaks - 1) * (rest @ effect)
            weight = np.exp(log - max(log.max(), np.log1p(-prior[j])))
            none = np.exp(np.log1p(-prior[j]) - max(log.max(), np.log1p(-prior[j])))
            share = weight.sum() / (weight.sum() + none)
            if sweep >= 30:
                total[j] += share
            new = 1.0
            if random.random() < share:
                new = float(random.choice(peaks, p=weight / weight.sum()))
            if rows.size:
                expected[rows] = rest * (1 + (new - 1) * effect)
            now[j] = new
    probability = dict(zip(diary.codes, (total / sweeps).tolist(), strict=True))
    probability.pop("insect-sting", None)
    return Answer(probability, false_share_rule(probability), probability)


def _effects(diary: Diary, truth: SimulatedDiary, risk: Risk) -> tuple[list[Floats], list[Floats]]:
    found: tuple[list[Floats], list[Floats]] = ([], [])
    for place, code in enumerate(diary.codes):
        at = diary.exposures.at[diary.of(code) & (diary.exposures.already != YES)]
        lag = truth.life.lags[place]
        for times, out in zip((risk.cells, risk.onsets), found, strict=True):
            effect = np.zeros(len(times))
            for begin in at:
                low, high = np.searchsorted(times, [begin, begin + lag[3]])
                effect[low:high] += kernel(times[low:high] - begin, lag)
            out.append(np.minimum(effect, 1.0))
    return found


def benjamini_hochberg(p: dict[str, float], q: float = FALSE_SHARE) -> set[str]:
    """Return what is rejected at a false discovery rate of ``q``."""
    ranked = sorted(p, key=lambda code: p[code])
    passed = [n for n, code in enumerate(ranked, start=1) if p[code] <= q * n / len(ranked)]
    return set(ranked[: passed[-1]]) if passed else set()


def false_share_rule(probability: dict[str, float]) -> set[str]:
    """Return the largest set of which at most a tenth is expected to be false."""
    ranked = sorted(probability, key=lambda code: -probability[code])
    doubt = np.cumsum([1 - probability[code] for code in ranked]) / np.arange(1, len(ranked) + 1)
    passed = np.flatnonzero(doubt <= FALSE_SHARE)
    return set(ranked[: passed[-1] + 1]) if len(passed) else set()


def _poisson(matrix: Floats, target: Floats, hours: Floats, precision: Floats) -> tuple[Floats, Floats]:
    beta = np.zeros(matrix.shape[1])
    beta[0] = np.log(max(target[0], 0.5) / hours.sum())
    for _ in range(30):
        rate = hours * np.exp(np.clip(matrix @ beta, -30, 10))
        gradient = target - matrix.T @ rate - precision * beta
        information = (matrix * rate[:, None]).T @ matrix + np.diag(precision)
        step = np.linalg.solve(information, gradient)
        beta = beta + step * min(1.0, 3.0 / max(np.abs(step).max(), 1e-9))
        if np.abs(step).max() < 1e-5:
            break
    return beta, np.linalg.inv(information)


def _day_tables(diary: Diary) -> dict[str, tuple[int, int, int, int]]:
    """Return days with both, with the exposure alone, with a flare alone, with neither."""
    n = diary.n_days
    flare = np.zeros(n, dtype=bool)
    flare[(diary.flares.onset // 24).astype(int).clip(0, max(n - 1, 0))] = True
    tables = {}
    for code in diary.codes:
        if code == "insect-sting":
            continue
        exposed = np.zeros(n, dtype=bool)
        exposed[(diary.exposures.at[diary.of(code)] // 24).astype(int)] = True
        f, e = flare[diary.observed], exposed[diary.observed]
        tables[code] = (int((e & f).sum()), int((e & ~f).sum()), int((~e & f).sum()), int((~e & ~f).sum()))
    return tables


METHODS: dict[str, Method] = {
    "ratio rule of apps": ratio_rule,
    "Fisher with BH": fisher,
    "case-crossover": case_crossover,
    "ridge": ridge,
    "mastkit": ours,
    "oracle": oracle,
}
