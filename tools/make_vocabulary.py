"""Make the terms and codes of ``mastkit.vocabulary`` from a list of codes.

    uv run python tools/make_vocabulary.py CODES_CSV [--into FOLDER]

CODES_CSV has one row a term, system and code, with the columns of ``COLUMNS``; an empty code means that one
was looked for and none could be verified. The script writes ``terms.csv`` (every term once) and ``codes.csv``
(every row that has a code) into the data folder of the package, or into FOLDER. It keeps what the licences
permit, as ``systems.csv`` in the data folder states them:

- a code of a system that ``systems.csv`` does not list stops the script, as does a code without verification;
- the label of a code is left out where the system does not permit it, where a SNOMED CT concept is not in the
  Global Patient Set that was read, where a LOINC name was not read in a table of LOINC names or belongs to a
  questionnaire with an owner of its own, and where an OMOP name is not the shipped name of its source system;
- ``term_labels.csv`` gives our own words to a term whose only label may not be shipped;
- what stands in square brackets at the end of a source says how well code and term match: it moves to the
  column ``match``. Notes on where a code was read stay with the source;
- ``match_remarks.csv`` adds the remarks that the list lacks, above all for codes that stand under two terms
  without meaning the same. A remark that fits no row stops the script;
- a medicine's role (``role: ...`` among the synonyms) is no synonym and gets a column of its own.
"""

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

Row = dict[str, str]

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "mastkit" / "vocabulary" / "data"

COLUMNS = (
    "kind",
    "id",
    "label",
    "plain_label",
    "synonyms",
    "system",
    "code",
    "code_label",
    "unit",
    "verified",
    "source",
)
TERM_COLUMNS = ("kind", "id", "label", "plain_label", "synonyms", "role")
CODE_COLUMNS = ("kind", "id", "system", "code", "code_label", "unit", "match", "verified", "source")

# Tables that print LOINC names as they are. Laboratory catalogues and guides print their own.
LOINC_NAME_TABLES = ("d_labitems_to_loinc.csv", "CONCEPT.csv", "PhenotypeLibrary", "Themis")
# LOINC marks such names with a copyright notice of a third party.
OWNED_QUESTIONNAIRES = ("Patient Health Questionnaire", "Generalized anxiety disorder")
# Remarks in square brackets that say where a code was read, not what it means.
PROVENANCE = re.compile(r"in GPS|not in GPS|RxNorm ingredient|standard$")
OMOP_SOURCES = ("SNOMED CT", "LOINC", "RxNorm")


def main(arguments: list[str] | None = None) -> None:
    """Read the list, write the two files and say how many rows they have."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("codes_csv", type=Path)
    parser.add_argument("--into", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    terms, codes = make(
        read(options.codes_csv, COLUMNS),
        systems={row["system"]: row["may_ship_labels"] == "yes" for row in read(DATA / "systems.csv")},
        labels=read(HERE / "vocabulary" / "term_labels.csv"),
        remarks=read(HERE / "vocabulary" / "match_remarks.csv"),
    )
    write(options.into / "terms.csv", TERM_COLUMNS, terms)
    write(options.into / "codes.csv", CODE_COLUMNS, codes)
    sys.stdout.write(f"{len(terms)} terms, {len(codes)} codes in {options.into}\n")


def make(
    rows: Iterable[Row], systems: dict[str, bool], labels: Iterable[Row], remarks: Iterable[Row]
) -> tuple[list[Row], list[Row]]:
    """Return the rows of terms.csv and of codes.csv."""
    rows = list(rows)
    own_labels = {(row["kind"], row["id"]): row["label"] for row in labels}
    own_remarks = {(row["system"], row["code"], row["kind"], row["id"]): row["match"] for row in remarks}
    terms: dict[tuple[str, str], Row] = {}
    by_term: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        key = row["kind"], row["id"]
        term = _term(row, own_labels.get(key, row["label"]))
        if terms.setdefault(key, term) != term:
            raise SystemExit(f"{key[0]} {key[1]}: two rows describe the term differently.")
        if row["code"]:
            by_term[key].append(_code(row, systems, own_remarks))
    for codes in by_term.values():
        _drop_omop_names(codes)
    for left in (*(own_labels.keys() - terms.keys()), *own_remarks):
        raise SystemExit(f"A change of this project fits no row: {' '.join(left)}")
    return list(terms.values()), [code for codes in by_term.values() for code in codes]


def _term(row: Row, label: str) -> Row:
    words = [word.strip() for word in row["synonyms"].split(";") if word.strip()]
    roles = [word.removeprefix("role:").strip() for word in words if word.startswith("role:")]
    synonyms = dict.fromkeys(word for word in words if not word.startswith("role:"))
    return {
        "kind": row["kind"],
        "id": row["id"],
        "label": label,
        "plain_label": row["plain_label"],
        "synonyms": "; ".join(synonyms),
        "role": "; ".join(roles),
    }


def _code(row: Row, systems: dict[str, bool], own_remarks: dict[tuple[str, str, str, str], str]) -> Row:
    name = f"{row['kind']} {row['id']}: {row['system']} {row['code']}"
    if row["system"] not in systems:
        raise SystemExit(f"{name}: systems.csv does not say what the licence of {row['system']} permits.")
    if not row["verified"]:
        raise SystemExit(f"{name}: the code has no verification.")
    source, notes = _split_notes(row["source"])
    match = [note.removeprefix("match:").strip() for note in notes if not PROVENANCE.match(note)]
    own = own_remarks.pop((row["system"], row["code"], row["kind"], row["id"]), None)
    provenance = "".join(f" [{note}]" for note in notes if PROVENANCE.match(note))
    may_ship = systems[row["system"]] and _label_may_ship(row)
    return {
        "kind": row["kind"],
        "id": row["id"],
        "system": row["system"],
        "code": row["code"],
        "code_label": row["code_label"] if may_ship else "",
        "unit": row["unit"],
        "match": "; ".join([*([own] if own else []), *match]),
        "verified": row["verified"],
        "source": source + provenance,
    }


def _split_notes(source: str) -> tuple[str, list[str]]:
    tail = re.search(r"(\s*\[[^\[\]]*\])*\s*$", source)
    assert tail is not None, "the pattern matches the empty end too"
    return source[: tail.start()].rstrip(), re.findall(r"\[([^\[\]]*)\]", tail.group())


def _label_may_ship(row: Row) -> bool:
    if row["system"] == "SNOMED CT":
        return "[in GPS" in row["source"]
    if row["system"] == "LOINC":
        return any(table in row["source"] for table in LOINC_NAME_TABLES) and not any(
            owner in row["code_label"] for owner in OWNED_QUESTIONNAIRES
        )
    return True


def _drop_omop_names(codes: list[Row]) -> None:
    """Leave out an OMOP name that is not the shipped name of the same term in its source system."""
    shipped = {_plain_name(code["code_label"]) for code in codes if code["system"] in OMOP_SOURCES}
    for code in codes:
        if code["system"] == "OMOP" and _plain_name(code["code_label"]) not in shipped - {""}:
            code["code_label"] = ""


def _plain_name(name: str) -> str:
    """Return a name without the semantic tag of SNOMED CT, in small letters."""
    return re.sub(r" \([^()]*\)$", "", name).casefold()


def read(path: Path, columns: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield the rows of a CSV file; stop if a column is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise SystemExit(f"{path}: the columns {', '.join(missing)} are missing.")
        yield from reader


def write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Write the rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
