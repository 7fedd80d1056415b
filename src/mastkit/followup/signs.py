"""Which signs of the published definitions a symptom of the vocabulary stands for, read from data."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType

from mastkit.logic.variables import Variable
from mastkit.rulebooks.anaphylaxis import anaphylaxis
from mastkit.rulebooks.severity import GRADINGS
from mastkit.vocabulary.terms import terms

STINGS = frozenset({"insect-sting", "bee-sting", "wasp-sting", "insect-venom", "bee-venom", "wasp-venom"})
"""Triggers for which Mueller's grading is meant."""


@dataclass(frozen=True, slots=True)
class ReadingTimes:
    """How far around a flare the record is read, in hours."""

    exposure_before: float
    sample_after: float


@cache
def reading_times() -> ReadingTimes:
    """The times that ship with mastkit."""
    data = tomllib.loads(_text("reaction.toml"))
    return ReadingTimes(data["exposure"]["hours_before"], data["samples"]["hours_after"])


@cache
def signs_of_codes() -> Mapping[str, tuple[str, ...]]:
    """For each symptom of the vocabulary the signs that it stands for, and each sign for itself."""
    found: dict[str, list[str]] = {coded(name): [name] for name in sign_variables()}
    for row in csv.DictReader(StringIO(_text("signs.csv"), newline="")):
        there = found.setdefault(row["code"], [])
        if row["variable"] not in there:
            there.append(row["variable"])
    return MappingProxyType({code: tuple(names) for code, names in found.items()})


@cache
def sign_variables() -> Mapping[str, Variable]:
    """The signs that the definitions and gradings ask about, by name."""
    asked = [*anaphylaxis().variables, *(v for grading in GRADINGS for v in grading.variables)]
    signs = (v for v in asked if v.kind == "boolean" and v.observable and v.name != "acute_onset")
    return MappingProxyType({v.name: v for v in signs})


def signs_present(codes: Iterable[str]) -> dict[str, str]:
    """The signs that these symptoms show, each with the first symptom that shows it."""
    shown: dict[str, str] = {}
    for code in codes:
        for sign in signs_of_codes().get(coded(code), ()):
            shown.setdefault(sign, code)
    return shown


def signs_absent(codes: Iterable[str]) -> set[str]:
    """The signs that are not there when none of these symptoms is.

    A sign is absent when it was asked for by its own name, or when every symptom that could show it was; and what
    would have shown an absent sign is absent too (no stomach signs: no vomiting).
    """
    denied = {coded(code) for code in codes}
    ways: dict[str, set[str]] = {}
    for code, signs in signs_of_codes().items():
        for sign in signs:
            ways.setdefault(sign, set()).add(code)
    while True:
        absent = {
            sign
            for sign, codes_of_it in ways.items()
            if coded(sign) in denied or (codes_of_it - {coded(sign)} and codes_of_it - {coded(sign)} <= denied)
        }
        implied = set().union(*(ways[sign] for sign in absent)) - denied
        if not implied:
            return absent
        denied |= implied


def is_understood(code: str) -> bool:
    """Whether a word is a sign, or a symptom of the vocabulary (which need not be a sign)."""
    return coded(code) in signs_of_codes() or ("symptom", coded(code)) in terms()


@lru_cache(maxsize=4096)  # asked hundreds of times for each flare, of the same words
def coded(word: str) -> str:
    """A word as the vocabulary writes its codes."""
    return word.strip().lower().replace("_", "-").replace(" ", "-")


def _text(name: str) -> str:
    return files("mastkit.followup").joinpath("data", name).read_text(encoding="utf-8")
