"""The record file: all facts of a person, readable by people and by other programs."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mastkit.record.facts import FACT, KINDS, AnyFact, fields_of
from mastkit.record.problems import CannotRead, Problem, shown
from mastkit.record.record import Record
from mastkit.record.sheets.readers import open_for_reading, refuse_other_formats
from mastkit.record.time import ZoneName
from mastkit.record.whole_file import whole_file

FORMAT = "mastkit-record"
VERSION = 1
_KEYS = ("format", "version", "id", "zone", "facts")


class RecordDocument(BaseModel):
    """All facts of one person: the form of a record file."""

    model_config = ConfigDict(extra="forbid", title="mastkit record file")

    format: Literal["mastkit-record"] = Field(description="Always mastkit-record.")
    version: Literal[1] = Field(description="The version of this form.")
    id: UUID = Field(description="The id of the record.")
    zone: ZoneName = Field(description="The IANA time zone of the person's days, such as Europe/Berlin.")
    facts: list[AnyFact] = Field(description="The facts, in the order in which they were written down.")


class _Head(BaseModel):
    """What stands before the facts."""

    model_config = ConfigDict(extra="ignore")
    id: UUID
    zone: ZoneName


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What a record file holds: the record, what could not be read, and the problems that say why."""

    record: Record
    rejected: tuple[Any, ...]
    """The entries that are no facts, as they stood in the file; writing the record would lose them."""
    problems: tuple[Problem, ...]


def read_record(path: str | os.PathLike[str]) -> RecordFile:
    """Read a record file; facts that are not understood are problems, and the others go on."""
    path = Path(path)
    with open_for_reading(path) as stream:
        content = stream.read()
    refuse_other_formats(path, content[:4096])
    return parse_record(content, str(path))


def parse_record(content: bytes, file: str = "") -> RecordFile:
    """Read the content of a record file. Raises `CannotRead` where it is no record file at all."""
    name = file or "input"
    try:
        document = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise CannotRead(f"{name}: this is no JSON ({error.msg} in line {error.lineno}).") from None
    if not is_record(document):
        raise CannotRead(f'{name}: this is no record file, expected an object with "format": "{FORMAT}".')
    version = document.get("version")
    if version != VERSION or isinstance(version, bool):
        raise CannotRead(f"{name}: this is version {shown(version)} of the record file, expected {VERSION}.")
    try:
        head = _Head.model_validate(document)
    except ValidationError as error:
        problem = _problems(error, file, None, None, ())[0]
        raise CannotRead(problem.sentence()) from None
    entries = document.get("facts")
    if not isinstance(entries, list):
        raise CannotRead(f"{name}, field facts: found {shown(entries)}, expected a list of facts.")
    problems = [
        Problem(file, None, None, key, "an unknown field", f"one of {', '.join(_KEYS)}")
        for key in document
        if key not in _KEYS
    ]
    facts: dict[UUID, AnyFact] = {}
    rejected: list[Any] = []
    for number, entry in enumerate(entries, start=1):
        fact, found = read_fact(entry, file, number)
        if fact is not None and facts.get(fact.id, fact) != fact:
            found = [_fact_problem(file, number, entry, "id", "the id of another fact", "an id of its own")]
            fact = None
        if fact is None:
            rejected.append(entry)
            problems.extend(found)
        else:
            facts[fact.id] = fact
    return RecordFile(Record(head.id, head.zone, facts), tuple(rejected), tuple(problems))


def dump_record(record: Record) -> bytes:
    """Return the content of a record file: the same record always gives the same bytes."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "id": str(record.id),
        "zone": record.zone,
        "facts": [_plain(fact) for fact in record],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def write_record(record: Record, path: str | os.PathLike[str]) -> None:
    """Write a record file whole or not at all: a crash or a full disk leaves the older file as it was."""
    with whole_file(path, private=True) as stream:
        stream.write(dump_record(record))


def refuse_output(output: Path, inputs: Sequence[str]) -> None:
    """Raise `CannotRead` where writing a file would destroy what is read for it, or another record."""
    if not output.is_file():
        return
    if any(Path(name).exists() and output.samefile(name) for name in inputs):
        raise CannotRead(f"--output: found {output}, the file that is read, expected another name.")
    if record_content(output) is not None:
        raise CannotRead(f"--output: found {output}, which is a record file, expected another name.")


def is_record(document: object) -> bool:
    """Whether a piece of JSON says that it is a record file."""
    return isinstance(document, Mapping) and document.get("format") == FORMAT


def record_content(path: Path) -> bytes | None:
    """Return the content of a file that says it is a record file; None otherwise. Raises `CannotRead`."""
    with open_for_reading(path) as stream:
        head = stream.read(4096)
        if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"{" or b'"format"' not in head:
            return None
        content = head + stream.read()
    try:
        document = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return content if b'"mastkit-record"' in head else None
    return content if is_record(document) else None


def _plain(fact: AnyFact) -> dict[str, Any]:
    """Return a fact as JSON, the kind first and what is not known left out."""
    content: dict[str, Any] = FACT.dump_python(fact, mode="json", exclude_none=True)
    order = ("kind", "id", "time")
    return {key: content[key] for key in order if key in content} | content


def read_fact(content: Any, file: str, number: int) -> tuple[AnyFact | None, list[Problem]]:
    """Read one entry of a list of facts: the fact, or None and the problems that say why."""
    try:
        # By way of JSON, in which an id or a time is a text and nothing else is guessed.
        return FACT.validate_json(orjson.dumps(content)), []
    except ValidationError as error:
        kind = content.get("kind") if isinstance(content, dict) else None
        return None, _problems(error, file, number, content, fields_of(kind) if isinstance(kind, str) else ())
    except (TypeError, RecursionError):  # orjson writes no more than 254 levels
        return None, [_fact_problem(file, number, None, None, "lists within lists", "a fact")]


def _fact_problem(
    file: str, number: int | None, entry: Any, field: str | None, found: str, expected: str
) -> Problem:
    name = entry.get("id") if isinstance(entry, dict) else None
    return Problem(file, number, name if isinstance(name, str) else None, field, found, expected, place="fact")


def _problems(
    error: ValidationError, file: str, number: int | None, entry: Any, fields: tuple[str, ...]
) -> list[Problem]:
    problems = []
    for detail in error.errors(include_url=False):
        location = [str(part) for part in detail["loc"]]
        if fields and location:
            location = location[1:]  # the first is the kind
        field = ".".join(location) or None
        found, expected = shown(detail["input"]), _expected(detail["msg"])
        match detail["type"]:
            case "missing":
                found, expected = "nothing", "a value"
            case "extra_forbidden":
                found, expected = "an unknown field", _one_of(location[-1], fields)
            case "union_tag_invalid":
                field, found = "kind", shown(entry["kind"])
                expected = _one_of(str(entry["kind"]), tuple(k.model_fields["kind"].default for k in KINDS))
            case "union_tag_not_found":
                field, found, expected = "kind", "nothing", "the kind of the fact"
            case "misfit":
                field = ".".join([*location, detail["ctx"]["field"]])
                found, expected = detail["ctx"]["found"], detail["ctx"]["expected"]
            case "string_too_short":
                expected = "a text that is not empty"
            case "uuid_parsing":
                expected = "a UUID"
        problems.append(_fact_problem(file, number, entry, field, found, expected))
    return problems


def _expected(message: str) -> str:
    for beginning in ("Input should be ", "Value error, "):
        if message.startswith(beginning):
            return message.removeprefix(beginning)
    return message[:1].lower() + message[1:]


def _one_of(word: str, words: tuple[str, ...]) -> str:
    close = get_close_matches(word, words, n=1)
    return f'"{close[0]}"' if close else f"one of {', '.join(words)}"
