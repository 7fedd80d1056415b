"""When blood for tryptase is drawn around an event: the protocols of several authorities, read from data.

The numbers stand in ``data/tryptase_windows.toml`` with country, authority, year and source. What is open or
missed at a given instant is worked out in :mod:`mastkit.followup.windows`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

from mastkit.logic.expressions import Verification

Kind = Literal["acute", "baseline"]
Origin = Literal["onset", "resolution"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample that a protocol asks for.

    Attributes:
        kind: ``acute`` during or soon after the event, ``baseline`` when the person is well.
        after: what its minutes are counted from: onset, or the moment when all symptoms are gone.
        opens, closes: minutes; ``closes`` is ``None`` where there is no end. Both ends belong to the window,
            but with ``beyond`` the first minute does not.
        ideal: the part that the authority prefers, if it names one.
    """

    id: str
    kind: Kind
    title: str
    after: Origin
    opens: float
    closes: float | None
    ideal: tuple[float, float] | None = None
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Protocol:
    """The samples that one authority asks for.

    Attributes:
        country: ISO 3166 code; empty where it is not that of one country.
        year: of the publication; ``None`` where it names none.
        verified: ``primary`` read at the authority itself, ``reprint`` in a secondary source, ``unverified``
            recalled, or a choice of this project.
    """

    id: str
    title: str
    authority: str
    country: str
    year: int | None
    source: str
    link: str
    verified: Verification
    note: str
    samples: tuple[Sample, ...]

    @property
    def acute(self) -> tuple[Sample, ...]:
        """The samples of the event."""
        return tuple(s for s in self.samples if s.kind == "acute")

    @property
    def baseline(self) -> Sample | None:
        """The baseline sample; ``None`` where the authority names no time for it."""
        return next((s for s in self.samples if s.kind == "baseline"), None)

    @property
    def valid_hours(self) -> tuple[float, float]:
        """Hours after onset from the first to the last minute at which an event sample is in time."""
        ends = [s.closes for s in self.acute if s.closes is not None]
        return min(s.opens for s in self.acute) / 60, max(ends) / 60


@dataclass(frozen=True, slots=True)
class Windows:
    """All protocols, with the version of the data.

    Attributes:
        weak_hours: hours after onset within which a sample outside its window can still prove a rise.
    """

    version: str
    default: str
    protocols: Mapping[str, Protocol]
    weak_hours: tuple[float, float]

    def protocol(self, id: str | None = None) -> Protocol:  # noqa: A002 - the word of the data
        """The protocol of that id, or the default one.

        Raises:
            ValueError: in one sentence, where there is none.
        """
        wanted = id or self.default
        if wanted not in self.protocols:
            raise ValueError(f"no protocol is called {wanted!r}; there are: {', '.join(self.protocols)}")
        return self.protocols[wanted]

    def for_country(self, country: str) -> tuple[Protocol, ...]:
        """The protocols of one country first, then those of no country; the default one before the others.

        Args:
            country: ISO 3166 code, such as ``GB``; empty for none.
        """
        mine = [p for p in self.protocols.values() if country and p.country == country.upper()]
        default = self.protocol()
        others = [p for p in self.protocols.values() if not p.country and p is not default]
        return (*mine, default, *others)


@cache
def tryptase_windows() -> Windows:
    """The protocols that ship with mastkit."""
    text = (files("mastkit.rulebooks") / "data" / "tryptase_windows.toml").read_text(encoding="utf-8")
    return parse_windows(text)


def parse_windows(text: str) -> Windows:
    """Read protocols from TOML.

    Raises:
        ValueError: in one sentence, for data that are not of the form.
    """
    data = tomllib.loads(text)
    protocols = [_protocol(entry) for entry in data["protocol"]]
    by_id = {p.id: p for p in protocols}
    if len(by_id) < len(protocols):
        raise ValueError("two protocols of tryptase windows have the same id")
    if data["default"] not in by_id:
        raise ValueError(f"the default protocol {data['default']!r} is none of: {', '.join(by_id)}")
    limits = data["limits"]
    weak = (limits["weak_from"] / 60, limits["weak_to"] / 60)
    return Windows(data["version"], data["default"], MappingProxyType(by_id), weak)


def _protocol(entry: dict[str, Any]) -> Protocol:
    if entry["verified"] not in get_args(Verification):
        raise ValueError(f"protocol {entry['id']}: verified must not be {entry['verified']!r}")
    samples = tuple(_sample(entry["id"], sample) for sample in entry["sample"])
    if not any(s.kind == "acute" for s in samples):
        raise ValueError(f"protocol {entry['id']}: expected at least one sample of the event")
    return Protocol(
        id=entry["id"],
        title=entry["title"],
        authority=entry["authority"],
        country=entry["country"],
        year=entry.get("year"),
        source=entry["source"],
        link=entry["link"],
        verified=entry["verified"],
        note=entry.get("note", ""),
        samples=samples,
    )


def _sample(protocol: str, entry: dict[str, Any]) -> Sample:
    after = entry.get("after", "onset")
    opens, closes, ideal = float(entry["from"]), entry.get("to"), entry.get("ideal")
    where = f"protocol {protocol}, sample {entry['id']}"
    if entry["kind"] not in get_args(Kind) or after not in get_args(Origin):
        raise ValueError(f"{where}: found {entry['kind']!r} after {after!r}, expected another kind or origin")
    if opens < 0 or (closes is not None and closes <= opens):
        raise ValueError(f"{where}: found {opens:g} to {closes}, expected minutes in order")
    if entry["kind"] == "acute" and closes is None:
        raise ValueError(f"{where}: a sample of the event needs an end")
    return Sample(
        id=entry["id"],
        kind=entry["kind"],
        title=entry["title"],
        after=after,
        opens=opens,
        closes=None if closes is None else float(closes),
        ideal=None if ideal is None else (float(ideal[0]), float(ideal[1])),
        beyond=entry.get("beyond", False),
    )
