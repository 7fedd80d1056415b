"""What a prior learned from other diaries is worth: none, learned with the guards, learned naively.

    uv run python bench/trigger_priors.py --learn 40 --people 40

The prior of each exposure is the share of the people of whom it seems to be a trigger, found by going back and
forth between the two (empirical Bayes); no truth is used. Learned naively, early signs of flares are no
alternative in the model, and what they feign is taken for how common a trigger is.
"""

import argparse
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from mastkit.simulation.diary import simulate
from mastkit.triggers.analysis import analyse
from mastkit.triggers.candidates import DEFAULT, Prior
from mastkit.triggers.design import build
from mastkit.triggers.model import fit
from trigger_peers import Answer
from triggers import Tally, scored_kinds

ROUNDS = 3
LOWEST, HIGHEST = 0.02, 0.6


def learned(people: int, days: int, start: Prior, seed: int) -> Prior:
    """Return the prior learned from so many simulated diaries."""
    diaries = [simulate("main", days=days, seed=seed + n).diary for n in range(people)]
    prior = start
    for _ in range(ROUNDS):
        found: dict[str, list[float]] = {}
        for diary in diaries:
            for effect in fit(build(diary, prior=prior), sweeps=24, warm_up=20).effects:
                if not effect.candidate.is_pair:
                    found.setdefault(effect.candidate.codes[0], []).append(effect.probability)
        by_code = {code: float(np.clip(np.mean(p), LOWEST, HIGHEST)) for code, p in found.items()}
        prior = replace(prior, by_code=MappingProxyType(by_code))
    return prior


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learn", type=int, default=40, help="people that the prior is learned from")
    parser.add_argument("--people", type=int, default=40, help="other people that it is tried on")
    parser.add_argument("--days", type=int, default=240)
    given = parser.parse_args()
    priors = {
        "default": DEFAULT,
        "learned": learned(given.learn, given.days, DEFAULT, 800_000),
        "learned naively": learned(given.learn, given.days, replace(DEFAULT, early=0.0), 800_000),
    }
    tallies = {name: Tally() for name in priors}
    truly: dict[str, list[bool]] = {}
    for person in range(given.people):
        simulated = simulate("main", days=given.days, seed=600_000 + person)
        scored, true = scored_kinds(simulated)
        for code in scored:
            truly.setdefault(code, []).append(code in true)
        for name, prior in priors.items():
            result = analyse(simulated.diary, prior=prior)
            p = {t.code: t.probability for t in result.triggers if t.probability is not None}
            tallies[name].add(simulated, Answer(p, {t.code for t in result.with_status("likely")}, p), 0.0)
    for name, tally in tallies.items():
        print(name, {k: round(v, 3) for k, v in tally.figures().items() if isinstance(v, float | int)})
    for code in ("stress", "nsaid", "heat", "exercise", "cold"):
        of = {name: round(prior.by_code.get(code, prior.trigger), 2) for name, prior in priors.items()}
        print(code, of, "truly", round(float(np.mean(truly[code])), 2))


if __name__ == "__main__":
    main()
