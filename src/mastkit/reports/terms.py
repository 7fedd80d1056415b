"""A look at the vocabulary: the terms that a word may mean, with their codes."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mastkit.vocabulary.terms import Code, Term, codes_of, find, suggest

MOST_TERMS_SHOWN = 20
CAPTION = "Every code was read in a source (--sources names it) unless it is marked as recalled."
VERIFICATION = {"seen": "", "memory": " (recalled, not checked)"}


def render_terms(word: str, console: Console, *, sources: bool = False) -> int:
    """Print the terms that a word may mean; return 0 if there are any, 1 if not.

    ``sources`` adds where each code was read.
    """
    found = find(word)
    if not found:
        console.print(Text(not_found(word)), soft_wrap=True)
        return 1
    table = Table(show_lines=True, caption=CAPTION)
    table.add_column("Term", ratio=3)
    table.add_column("In plain words", ratio=3)
    table.add_column("Kind", ratio=2)
    table.add_column("Codes", ratio=6, overflow="fold")
    for term in found[:MOST_TERMS_SHOWN]:
        codes = Text("\n").join(_code_lines(term, sources))
        table.add_row(Text(term.label), Text(term.plain_label), Text(term.kind), codes or "none verified")
    console.print(table)
    if len(found) > MOST_TERMS_SHOWN:
        more = len(found) - MOST_TERMS_SHOWN
        console.print(f"{more} more terms contain this. A longer word finds fewer.")
    return 0


def terms_as_data(word: str) -> dict[str, object]:
    """Return what is known of a word, ready to be written as JSON."""
    found = find(word)
    return {
        "word": _printable(word),
        "terms": [_term_as_data(term) for term in found],
        "suggestions": [] if found else suggest(word),
    }


def not_found(word: str) -> str:
    """Say in one sentence that no term was found, and which words are spelled like this one."""
    near = ", ".join(suggest(word))
    hint = f"words spelled like it are: {near}" if near else "no word of the vocabulary is spelled like it"
    return f"No term is called '{_printable(word)}'; {hint}."


def _code_lines(term: Term, sources: bool) -> Iterator[Text]:
    for code in codes_of(term):
        unit = f" in {code.unit}" if code.unit else ""
        line = Text.assemble(f"{code.system} ", (code.code, "bold"), f"{unit}{VERIFICATION[code.verified]}")
        if code.match:
            line.append(f"; {code.match}", "italic")
        yield line
        if sources:
            yield Text(f"  {code.source}", "dim")


def _term_as_data(term: Term) -> dict[str, object]:
    return {
        "kind": term.kind,
        "id": term.id,
        "label": term.label,
        "plain_label": term.plain_label,
        "synonyms": list(term.synonyms),
        "role": term.role,
        "codes": [_code_as_data(code) for code in codes_of(term)],
    }


def _code_as_data(code: Code) -> dict[str, object]:
    return {
        "system": code.system,
        "code": code.code,
        "label": code.label,
        "unit": code.unit,
        "match": code.match,
        "verified": code.verified,
        "source": code.source,
    }


def _printable(word: str) -> str:
    """Return the word as it can be written out: control characters and broken text become marks."""
    text = word.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else "?" for letter in text)
