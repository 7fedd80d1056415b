"""The terms of the field: labels for the clinician and for the person, synonyms and verified codes.

The files ``data/terms.csv`` and ``data/codes.csv`` are made by ``tools/make_vocabulary.py``;
``data/systems.csv`` says for each code system what its licence permits. A code is a map, not the record:
keep the words that were written beside it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Literal

from mastkit.vocabulary.tables import rows

Verified = Literal["seen", "memory"]

LONGEST_QUERY = 200
"""Letters of a query that are looked at; no label is longer."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that the field has a word for.

    ``kind`` and ``id`` together name it. ``role`` says what a medicine is commonly used for, or why care is
    taken with it: recalled, not verified, and no advice. The role that counts belongs to a person and a
    medicine together.
    """

    kind: str
    id: str
    label: str
    plain_label: str
    synonyms: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a term in one system.

    ``label`` is the system's own name for the code, unaltered; it is empty where the licence does not permit
    it or the exact name was not read. ``match`` warns where code and term do not mean quite the same, or
    where a bill needs more characters. ``verified`` is "seen" if code and meaning were read in ``source``,
    "memory" if they were recalled.
    """

    system: str
    code: str
    label: str
    unit: str
    match: str
    verified: Verified
    source: str


@dataclass(frozen=True, slots=True)
class System:
    """A code system and what its licence permits."""

    name: str
    may_ship_labels: bool
    licence: str
    attribution: str
    version: str
    where: str
    licence_read: str


@cache
def terms() -> Mapping[tuple[str, str], Term]:
    """Return all terms by kind and id, in the order of the file."""
    return MappingProxyType({(row["kind"], row["id"]): _term(row) for row in rows("terms.csv")})


@cache
def systems() -> Mapping[str, System]:
    """Return the code systems by name."""
    return MappingProxyType({row["system"]: _system(row) for row in rows("systems.csv")})


def codes_of(term: Term) -> tuple[Code, ...]:
    """Return the verified codes of a term, in the order of the file; none if none could be verified."""
    return _codes().get((term.kind, term.id), ())


def find(word: str) -> list[Term]:
    """Return the terms that a word or a code may mean, best match first.

    Capitals, accents, hyphens and the spellings ae/e and oe/e make no difference. A word is looked for in the
    label, the plain label, the synonyms and the role of each term. First come the terms that are called
    exactly so, or have exactly this code; then those that begin so; then those that have all its words; then
    those that contain it anywhere. Among equals the label counts before the plain label, the plain label
    before a synonym. A code is found whole or by its beginning, with or without the name of its system.

    A word with a typing mistake finds nothing: see ``suggest``.
    """
    text, code = _fold(word), _fold_code(word)
    if not code:
        return []
    ranked = [(rank, term) for term in terms().values() if (rank := _rank(term, text, code)) is not None]
    return [term for _, term in sorted(ranked, key=lambda pair: pair[0])]


@cache
def named(word: str, kind: str) -> Term | None:
    """Return the one term of a kind that is called exactly so, or has exactly this code.

    Capitals, accents, hyphens and spellings make no difference. ``None`` where no term is, or more than one; a code
    that means something wider or narrower than its term names none.
    """
    text, code = _fold(word), _fold_code(word)
    found = [
        term
        for term in terms().values()
        if term.kind == kind and (text in _own_names(term) or code in _own_codes(term))
    ]
    return found[0] if text and len(found) == 1 else None


def suggest(word: str, most: int = 5) -> list[str]:
    """Return words of the vocabulary that are spelled like this one, nearest first; for typing mistakes."""
    names = _names()
    return [names[near] for near in get_close_matches(_fold(word), names, n=max(most, 1), cutoff=0.7)]


# Rank of a match: how well the text fits (0 exactly), then where it was found (0 in the label).
_Rank = tuple[int, int]

_LABEL, _PLAIN_LABEL, _SYNONYM, _CODE, _ROLE = range(5)
_SHORTEST_BEGINNING_OF_A_CODE = 3


def _rank(term: Term, text: str, code: str) -> _Rank | None:
    ranks = [
        (fit, place)
        for place, name in _searchable()[term.kind, term.id]
        if (fit := (_fit_code(name, code) if place == _CODE else _fit(name, text))) is not None
    ]
    return min(ranks, default=None)


def _fit(name: str, text: str) -> int | None:
    if not text:
        return None
    if name == text:
        return 0
    if name.startswith(text):
        return 1
    if set(text.split()) <= set(name.split()):
        return 2
    return 3 if text in name else None


def _fit_code(name: str, code: str) -> int | None:
    if name == code:
        return 0
    if len(code) >= _SHORTEST_BEGINNING_OF_A_CODE and any(map(str.isdigit, code)) and name.startswith(code):
        return 1
    return None


@cache
def _codes() -> Mapping[tuple[str, str], tuple[Code, ...]]:
    codes: dict[tuple[str, str], list[Code]] = {}
    for row in rows("codes.csv"):
        codes.setdefault((row["kind"], row["id"]), []).append(_code(row))
    return {key: tuple(found) for key, found in codes.items()}


@cache
def _searchable() -> Mapping[tuple[str, str], tuple[tuple[int, str], ...]]:
    return {key: tuple(_texts(term)) for key, term in terms().items()}


def _texts(term: Term) -> Iterator[tuple[int, str]]:
    yield _LABEL, _fold(term.label)
    yield _PLAIN_LABEL, _fold(term.plain_label)
    for synonym in term.synonyms:
        yield _SYNONYM, _fold(synonym)
    if term.role:
        yield _ROLE, _fold(term.role)
    for code in codes_of(term):
        yield _CODE, _fold_code(code.code)
        yield _CODE, _fold_code(code.system + code.code)
        yield _CODE, _fold_code(code.code.partition(":")[2] or code.code)


@cache
def _own_names(term: Term) -> frozenset[str]:
    return frozenset(_fold(name) for name in (term.id, term.label, term.plain_label, *term.synonyms))


@cache
def _own_codes(term: Term) -> frozenset[str]:
    return frozenset(_fold_code(code.code) for code in codes_of(term) if not code.match)


@cache
def _names() -> dict[str, str]:
    """Return every name of a term, folded, with the name as it is written."""
    names: dict[str, str] = {}
    for term in terms().values():
        for name in (term.label, term.plain_label, *term.synonyms):
            names.setdefault(_fold(name), name)
    return names


def _fold(text: str) -> str:
    """Return the words of a text in small letters, without accents and marks, ae and oe as e."""
    plain = re.sub("ae|oe|æ|œ", "e", _without_accents(text))
    return " ".join(re.findall(r"[^\W_]+", plain))


def _fold_code(text: str) -> str:
    return "".join(_without_accents(text).split())


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text[:LONGEST_QUERY]).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))


def _term(row: dict[str, str]) -> Term:
    synonyms = tuple(row["synonyms"].split("; ")) if row["synonyms"] else ()
    return Term(row["kind"], row["id"], row["label"], row["plain_label"], synonyms, row["role"])


def _code(row: dict[str, str]) -> Code:
    return Code(
        system=row["system"],
        code=row["code"],
        label=row["code_label"],
        unit=row["unit"],
        match=row["match"],
        verified="memory" if row["verified"] == "memory" else "seen",
        source=row["source"],
    )


def _system(row: dict[str, str]) -> System:
    return System(
        name=row["system"],
        may_ship_labels=row["may_ship_labels"] == "yes",
        licence=row["licence"],
        attribution=row["attribution"],
        version=row["version"],
        where=row["where"],
        licence_read=row["licence_read"],
    )
