"""Which exposures are triggers: our answer beside others' and beside the best possible, where truth is known.

    uv run python bench/triggers.py --people 300 --scenarios main,check-in --json out.json

Prints, for each scenario and length of diary, precision, recall, mean false-discovery share, people with any
false claim, average precision, calibration error of the probability, coverage of the 90 % interval and
processor seconds a person. `--looks` says how many people are ever told something false, looking every fortnight.
"""

import argparse
import json
import os
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mastkit.simulation.diary import SimulatedDiary, simulate
from mastkit.simulation.scenarios import SCENARIOS
from trigger_peers import METHODS, Answer, case_crossover_table

HORIZONS = (30, 60, 120, 240)
FIRST_LOOK, LAST_LOOK, FORTNIGHT = 28, 238, 14


@dataclass
class Tally:
    """What one method said of all people at one length of diary."""

    true: int = 0
    claimed: int = 0
    right: int = 0
    possible: int = 0
    possible_right: int = 0
    false_share: list[float] = field(default_factory=list)
    any_false: list[bool] = field(default_factory=list)
    score: list[float] = field(default_factory=list)
    truth: list[bool] = field(default_factory=list)
    probability: list[float] = field(default_factory=list)
    probability_truth: list[bool] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    statuses: dict[str, list[bool]] = field(default_factory=dict)

    def add(self, simulated: SimulatedDiary, answer: Answer, seconds: float) -> None:
        life = simulated.life
        scored, true = scored_kinds(simulated)
        claimed = answer.claimed & scored
        wrong = claimed - true
        self.true += len(true)
        self.claimed += len(claimed)
        self.right += len(claimed & true)
        if answer.possible is not None:
            self.possible += len(answer.possible & scored)
            self.possible_right += len(answer.possible & true)
        self.false_share.append(len(wrong) / max(len(claimed), 1))
        self.any_false.append(bool(wrong))
        low = min(answer.score.values(), default=0.0) - 1.0
        for place, kind in enumerate(life.kinds):
            if kind.code not in scored:
                continue
            self.score.append(answer.score.get(kind.code, low))
            self.truth.append(kind.code in true)
            if kind.code in answer.probability:
                self.probability.append(answer.probability[kind.code])
                self.probability_truth.append(kind.code in true)
            measured = simulated.scenario.world == "multiplicative" and life.partner[place] < 0
            if kind.code in true and measured and kind.code in answer.interval:
                low_, high = answer.interval[kind.code]
                self.covered.append(bool(low_ <= life.ratio_6h[place] <= high))
        for code in scored & set(answer.status):
            self.statuses.setdefault(answer.status[code], []).append(code in true)
        self.seconds.append(seconds)

    def figures(self) -> dict[str, Any]:
        return {
            "precision": self.right / self.claimed if self.claimed else None,
            "recall": self.right / self.true if self.true else None,
            "false_discovery": float(np.mean(self.false_share)),
            "any_false": float(np.mean(self.any_false)),
            "average_precision": average_precision(np.array(self.score), np.array(self.truth)),
            "ece": calibration_error(np.array(self.probability), np.array(self.probability_truth)),
            "coverage": float(np.mean(self.covered)) if self.covered else None,
            "possible_precision": self.possible_right / self.possible if self.possible else None,
            "claims": self.claimed,
            "seconds": float(np.mean(self.seconds)),
            "statuses": {s: (len(t), float(np.mean(t))) for s, t in self.statuses.items()},
        }


def scored_kinds(simulated: SimulatedDiary) -> tuple[set[str], set[str]]:
    """Return the exposures that count, and those of them that are triggers.

    Stings are never analysed; a mere cofactor is neither a true trigger nor a false one.
    """
    life = simulated.life
    cofactors = {life.kinds[p].code for k, p in enumerate(life.partner) if p >= 0 and life.is_trigger[k]}
    true = {kind.code for kind, is_so in zip(life.kinds, life.is_trigger, strict=True) if is_so}
    true -= {"insect-sting"}
    scored = {kind.code for kind in life.kinds} - (cofactors - true) - {"insect-sting"}
    return scored, true


def average_precision(score: np.ndarray, truth: np.ndarray) -> float | None:
    if not truth.any():
        return None
    jitter = np.random.default_rng(0).random(len(score))
    truth = truth[np.lexsort((jitter, -score))]
    return float((np.cumsum(truth) / np.arange(1, len(truth) + 1))[truth].mean())


def calibration_error(probability: np.ndarray, truth: np.ndarray) -> float | None:
    """Return the expected calibration error over ten bins of equal width."""
    if not len(probability):
        return None
    place = np.minimum((probability * 10).astype(int), 9)
    return float(
        sum(
            (place == n).mean() * abs(probability[place == n].mean() - truth[place == n].mean())
            for n in range(10)
            if (place == n).any()
        )
    )


def run(scenario: str, people: int, seed: int, methods: list[str], horizons: list[int]) -> dict[str, Any]:
    tallies = {(method, days): Tally() for method in methods for days in horizons}
    flares: dict[int, list[int]] = {days: [] for days in horizons}
    for person in range(people):
        simulated = simulate(scenario, days=max(horizons), seed=seed + person)
        for days in horizons:
            diary = simulated.diary.up_to(days)
            flares[days].append(len(diary.flares.onset))
            for method in methods:
                begin = time.process_time()
                answer = METHODS[method](diary, simulated)
                tallies[method, days].add(simulated, answer, time.process_time() - begin)
    return {
        "scenario": scenario,
        "people": people,
        "seed": seed,
        "flares": {days: float(np.median(counts)) for days, counts in flares.items()},
        "rows": [
            {"days": days, "method": method} | tallies[method, days].figures()
            for days in horizons
            for method in methods
        ],
    }


def run_looks(scenario: str, people: int, seed: int, methods: list[str]) -> dict[str, Any]:
    """Return the share of people ever given a false claim, looking every fortnight."""
    ever = dict.fromkeys(methods, 0)
    last = dict.fromkeys(methods, 0)
    for person in range(people):
        simulated = simulate(scenario, days=LAST_LOOK, seed=seed + person)
        scored, true = scored_kinds(simulated)
        for method in methods:
            wrong = [
                bool((METHODS[method](simulated.diary.up_to(days), simulated).claimed & scored) - true)
                for days in range(FIRST_LOOK, LAST_LOOK + 1, FORTNIGHT)
            ]
            ever[method] += any(wrong)
            last[method] += wrong[-1]
    return {
        "scenario": scenario,
        "people": people,
        "seed": seed,
        "looks": {m: {"ever": ever[m] / people, "last": last[m] / people} for m in methods},
    }


def status_table(result: dict[str, Any]) -> str:
    """Return how many exposures a person get each status, and which share of them is truly a trigger."""
    lines = []
    for row in result["rows"]:
        for status, (count, share) in sorted(row["statuses"].items()):
            a_person = count / result["people"]
            lines.append(f"| {row['days']} | {status} | {a_person:.2f} a person | {share:.2f} truly a trigger |")
    return "\n".join(["", *lines])


def agreement(seed: int) -> str:
    """Return how far statsmodels' ConditionalLogit and the stratified Cox model lie apart on one diary."""
    from statsmodels.discrete.conditional_models import ConditionalLogit
    from statsmodels.duration.hazard_regression import PHReg

    rows, x, _ = case_crossover_table(simulate("main", days=120, seed=seed).diary)
    x = x[:, x[rows[:, 1] == 1].sum(axis=0) >= 3]
    begin = time.perf_counter()
    one = ConditionalLogit(rows[:, 1], x, groups=rows[:, 0]).fit(disp=0)
    middle = time.perf_counter()
    other = PHReg(np.ones(len(rows)), x, status=rows[:, 1], strata=rows[:, 0], ties="breslow").fit(disp=0)
    apart = np.abs(np.asarray(one.params) - np.asarray(other.params)).max()
    return (
        f"{x.shape[1]} exposures, {rows[:, 1].sum()} flares: log ratios at most {apart:.4f} apart;"
        f" {middle - begin:.2f} s and {time.perf_counter() - middle:.2f} s"
    )


def table(result: dict[str, Any]) -> str:
    """Return the figures as a Markdown table."""
    heads = ("days", "method", "precision", "recall", "false disc.", "any false", "avg prec.", "ECE", "cover 90 %",
             "claims", "CPU s/person")  # fmt: skip
    names = ("days", "method", "precision", "recall", "false_discovery", "any_false", "average_precision", "ece",
             "coverage", "claims", "seconds")  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in result["rows"]:
        lines.append(f"| {' | '.join(_shown(row[name], name) for name in names)} |")
    return "\n".join(lines)


def _shown(value: Any, name: str) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3f}" if name in ("ece", "seconds") else f"{value:.2f}"
    return str(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--scenarios", default=",".join(SCENARIOS), help="names, separated by commas")
    parser.add_argument("--horizons", default=",".join(map(str, HORIZONS)), help="days, separated by commas")
    parser.add_argument("--methods", default=",".join(METHODS))
    parser.add_argument("--seed", type=int, default=600_000, help="of the first person")
    parser.add_argument("--looks", type=int, default=0, help="people looked at every fortnight instead")
    parser.add_argument("--json", help="also write the figures to this file")
    parser.add_argument("--agreement", action="store_true", help="compare two fits of the case-crossover")
    given = parser.parse_args()
    if given.agreement:
        print(agreement(given.seed))
        return
    methods, horizons = given.methods.split(","), [int(days) for days in given.horizons.split(",")]
    results = []
    for scenario in given.scenarios.split(","):
        if scenario not in SCENARIOS:
            sys.exit(f"--scenarios: found {scenario!r}, expected names out of {', '.join(SCENARIOS)}")
        begin = time.process_time()
        if given.looks:
            result = run_looks(scenario, given.looks, given.seed, methods)
            print(f"\n{scenario}, {given.looks} people, a look every {FORTNIGHT} days: {result['looks']}")
        else:
            result = run(scenario, given.people, given.seed, methods, horizons)
            print(f"\n## {scenario}: {SCENARIOS[scenario].title}\n")
            print(f"{given.people} people from seed {given.seed}; median flares logged {result['flares']}\n")
            print(table(result))
            print(status_table(result))
        print(f"\n{time.process_time() - begin:.0f} s of processor time", flush=True)
        results.append(result)
        if given.json:
            with open(given.json, "w", encoding="utf-8") as stream:
                json.dump({"load": os.getloadavg()[0], "results": results}, stream, indent=1)


if __name__ == "__main__":
    main()
