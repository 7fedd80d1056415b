"""Random case sheets: every variable, numbers close to the limits that the criteria use, half of it missing.

    python bench/sheets.py 100000 --seed 1 --out bench/results

They are a load for programs, not a picture of patients: variables are drawn one by one, so a sheet may
contradict itself.
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

Value = bool | int | float | str
Sheet = dict[str, Value]

CENSORED = 0.05
"""Share of the numbers written as a laboratory prints them outside its range, such as ">200"."""

LIMITS: dict[str, tuple[float, ...]] = {
    "age": (18, 54, 64),
    "mastocytoma_count": (3, 4),
    "mc_per_aggregate_max": (15,),
    "mc_atypical_pct_smear": (25,),
    "mc_spindle_pct_tissue": (25,),
    "bm_mc_pct_smear": (5, 20),
    "bm_mc_pct_biopsy": (30,),
    "pb_mc_pct": (10,),
    "kit_d816v_vaf_pct": (0, 10),
    "bst": (20, 125, 200),
    "tryptase_acute": (20, 26),
    "tryptase_acute_hours": (4,),
    "tryptase_untimed": (20,),
    "anc": (1.0,),
    "hb": (10,),
    "plt": (100,),
    "leukocytes": (11,),
    "eosinophils": (0.5, 1.5),
    "monocytes": (1.0,),
    "dysplasia_pct": (10,),
    "node_max_cm": (1, 2),
    "albumin": (35,),
    "weight_loss_pct": (10,),
    "osteolysis_max_cm": (2,),
    "tscore_min": (-2.5,),
}
"""Where a number decides something. A value is one of these, or lies between a quarter and twice of it."""

TEXTS = {
    "kit_other_variant": ("D419del", "V560G", "M541L"),
    "ahn_diagnosis": ("chronic myelomonocytic leukaemia", "multiple myeloma"),
    "ahn_past": ("Hodgkin lymphoma", "acute myeloid leukaemia"),
}

Draw = Callable[[Callable[[], float]], Value]


def variables() -> list[dict[str, str]]:
    """Return the rows of the list of variables that mastkit ships."""
    text = files("mastkit.vocabulary").joinpath("data/variables.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _pick(values: Sequence[Value]) -> Draw:
    return lambda uniform: values[int(uniform() * len(values))]


def _number(name: str, low: float | None, high: float | None, integer: bool) -> Draw:
    limits = LIMITS.get(name)

    def draw(uniform: Callable[[], float]) -> Value:
        if limits is None:  # a small range that is drawn as a whole, such as a number of gene copies
            number = (low or 0) + uniform() * ((high if high is not None else 10) - (low or 0))
        else:
            number = limits[int(uniform() * len(limits))]
            if uniform() >= 0.25:
                number = number * (0.25 + 1.75 * uniform()) if number else 2 * uniform()
        number = round(number) if integer else round(number, 1)
        if low is not None:
            number = max(low, number)
        if high is not None:
            number = min(high, number)
        number = int(number) if number == int(number) else number
        if uniform() >= CENSORED:
            return number
        nothing_left = {"<"} if number == low else {">"} if number == high else set()
        signs = [s for s in (">=", "<=", ">", "<") if s not in nothing_left]
        return f"{signs[int(uniform() * len(signs))]}{number}"

    return draw


def _draws() -> list[tuple[str, Draw]]:
    draws: list[tuple[str, Draw]] = []
    for row in variables():
        name, kind = row["name"], row["kind"]
        if kind == "number":
            low, high = (float(row[k]) if row[k] else None for k in ("low", "high"))
            draws.append((name, _number(name, low, high, row["integer"] == "yes")))
        elif kind == "text":
            draws.append((name, _pick(TEXTS.get(name, ("text",)))))
        else:
            words = {"true": True, "false": False}
            draws.append((name, _pick([words.get(v, v) for v in row["values"].split()])))
    return draws


def random_sheets(n: int, seed: int, missing: float = 0.5) -> list[Sheet]:
    """Return n sheets; the same seed gives the same ones, and a shorter list is the start of a longer."""
    uniform = random.Random(seed).random  # of all of random's draws only this one is promised never to change
    draws = _draws()
    return [{name: draw(uniform) for name, draw in draws if uniform() >= missing} for _ in range(n)]


def write_jsonl(sheets: Sequence[Sheet], path: Path) -> None:
    """Write one JSON object a line: {"id": ..., "sheet": {...}}."""
    with path.open("w", encoding="utf-8") as out:
        for i, sheet in enumerate(sheets, start=1):
            out.write(json.dumps({"id": f"random-{i}", "sheet": sheet}, separators=(",", ":")) + "\n")


def _cell(value: Value | None) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def write_csv(sheets: Sequence[Sheet], path: Path) -> None:
    """Write a column for the name of the sheet and one for each variable; missing is an empty cell."""
    names = [row["name"] for row in variables()]
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["id", *names])
        for i, sheet in enumerate(sheets, start=1):
            table.writerow([f"random-{i}", *(_cell(sheet.get(name)) for name in names)])


def write_parquet(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the same table as Parquet: booleans as such, everything that may be printed as text as text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: dict[str, pa.Array] = {"id": pa.array([f"random-{i}" for i in range(1, len(sheets) + 1)])}
    for row in variables():
        values = [sheet.get(row["name"]) for sheet in sheets]
        if row["kind"] == "boolean":
            columns[row["name"]] = pa.array(values, pa.bool_())
        else:
            columns[row["name"]] = pa.array([_cell(v) for v in values], pa.string())
    pq.write_table(pa.table(columns), path)


def main(argv: Sequence[str] | None = None) -> None:
    """Write random sheets in all three formats."""
    parser = argparse.ArgumentParser(description="Write random case sheets as JSON lines, CSV and Parquet.")
    parser.add_argument("rows", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missing", type=float, default=0.5, help="share of the variables that is missing")
    parser.add_argument("--out", type=Path, default=Path("bench/results"))
    given = parser.parse_args(argv)
    given.out.mkdir(parents=True, exist_ok=True)
    sheets = random_sheets(given.rows, given.seed, given.missing)
    stem = given.out / f"sheets-{given.rows}-{given.seed}"
    for suffix, write in ((".jsonl", write_jsonl), (".csv", write_csv), (".parquet", write_parquet)):
        path = stem.with_suffix(suffix)
        try:
            write(sheets, path)
        except ImportError:
            sys.stderr.write(f"{path.name} is left out: it needs pyarrow (mastkit's extra 'tables').\n")
            continue
        print(path)


if __name__ == "__main__":
    main()
