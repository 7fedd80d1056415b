from pathlib import Path

import pytest

from mastkit.companion.keys import recovery, unlocked
from mastkit.companion.keys.locks import Lock
from mastkit.companion.keys.ring import FILE, KeyRing, NoKey
from mastkit.companion.running.opening import Means, Terminal, open_store

GOOD = "five plain and unrelated words"


class Person:
    """Somebody at a terminal who answers each question in turn."""

    def __init__(self, *answers: str, present: bool = True) -> None:
        self.answers = list(answers)
        self.seen: list[str] = []
        self.terminal = Terminal(present, self.seen.append, lambda question: self.answers.pop(0))

    @property
    def sheet(self) -> str:
        return next(text for text in self.seen if "RECOVERY SHEET" in text)

    @property
    def phrase(self) -> str:
        import re

        return " ".join(
            word for _, word in sorted((int(n), w) for n, w in re.findall(r"(\d+)\. (\w+)", self.sheet))
        )


NOBODY = Person(present=False)


def opened_with(home: Path, means: Means, person: Person, **more) -> bytes:
    unlocked.forget(home)
    open_store(home, means, person.terminal, **more)
    return unlocked.key_of(home)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_the_first_start_makes_folder_and_key_and_shows_the_sheet_once(home: Path) -> None:
    ada = Person(GOOD, GOOD)
    key = opened_with(home, Means(), ada)
    assert len(key) == 32
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / FILE).stat().st_mode & 0o777 == 0o600
    assert len(ada.phrase.split()) == 12
    again = Person(GOOD)
    assert opened_with(home, Means(), again) == key
    assert again.seen == []


def test_neither_key_nor_passphrase_nor_phrase_lies_in_the_folder(home: Path) -> None:
    ada = Person(GOOD, GOOD)
    key = opened_with(home, Means(), ada)
    for file in home.rglob("*"):
        content = file.read_bytes()
        for secret in (key, key.hex().encode(), GOOD.encode(), ada.phrase.encode(), ada.phrase.split()[0].encode()):
            assert secret not in content


def test_the_recovery_phrase_opens_the_store_and_sets_a_new_passphrase(home: Path) -> None:
    ada = Person(GOOD, GOOD)
    key = opened_with(home, Means(), ada)
    new = "an entirely new passphrase"
    typed = ada.phrase.upper().replace(" ", "   ")
    assert opened_with(home, Means(), Person(typed, new, new), recover=True) == key
    assert opened_with(home, Means(), Person(new)) == key
    with pytest.raises(NoKey, match="not the passphrase"):
        opened_with(home, Means(), Person(GOOD))
    assert opened_with(home, Means(), Person(ada.phrase, GOOD, GOOD), recover=True) == key  # the sheet stays good


def test_a_wrong_passphrase_opens_nothing(home: Path) -> None:
    opened_with(home, Means(), Person(GOOD, GOOD))
    with pytest.raises(NoKey, match="not the passphrase of this store"):
        opened_with(home, Means(), Person("something else"))


def test_a_slip_while_choosing_makes_nothing(home: Path) -> None:
    with pytest.raises(NoKey, match="not the same"):
        opened_with(home, Means(), Person(GOOD, GOOD + "s"))
    with pytest.raises(NoKey, match="too short"):
        opened_with(home, Means(), Person("short", "short"))
    assert not (home / FILE).exists()


def test_a_key_file_on_another_disk_opens_the_store(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "stick" / "key"
    file.parent.mkdir()
    key = opened_with(home, Means(key_file=file), Person())
    assert file.stat().st_mode & 0o777 == 0o600
    assert opened_with(home, Means(key_file=file), NOBODY) == key
    file.unlink()
    with pytest.raises(NoKey, match="cannot be read"):
        opened_with(home, Means(key_file=file), NOBODY)


def test_a_key_file_beside_the_data_is_refused_unless_the_owner_says_so(home: Path) -> None:
    with pytest.raises(NoKey, match="beside the data"):
        opened_with(home, Means(key_file=home / "key"), Person())
    assert not (home / FILE).exists()
    key = opened_with(home, Means(key_beside_data=True), Person())
    assert opened_with(home, Means(), NOBODY) == key


def test_without_a_terminal_the_sheet_goes_to_a_file_and_never_to_a_log(home: Path, tmp_path: Path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(GOOD)
    with pytest.raises(NoKey, match="--recovery-sheet"):
        opened_with(home, Means(passphrase_file=passphrase), Person(present=False))
    sheet = tmp_path / "sheet.txt"
    quiet = Person(present=False)
    opened_with(home, Means(passphrase_file=passphrase, recovery_sheet=sheet), quiet)
    assert "RECOVERY SHEET" in sheet.read_text()
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert "RECOVERY SHEET" not in "".join(quiet.seen)


def test_a_store_without_its_key_ring_is_never_given_a_new_one(home: Path) -> None:
    home.mkdir()
    (home / "mastkit.db").write_bytes(b"encrypted")
    with pytest.raises(NoKey, match="restore it from a backup"):
        opened_with(home, Means(), Person(GOOD, GOOD))


@pytest.mark.parametrize("content", [b"", b"{", b'{"format": "other"}', b"\xff\xff"])
def test_a_damaged_key_ring_is_told_in_a_sentence(home: Path, content: bytes) -> None:
    home.mkdir()
    (home / FILE).write_bytes(content)
    with pytest.raises(NoKey, match="damaged"):
        opened_with(home, Means(), Person(GOOD))


def test_a_lock_that_was_tampered_with_does_not_open() -> None:
    lock = Lock.close(b"k" * 32, "passphrase", GOOD)
    assert lock.open(GOOD) == b"k" * 32
    assert lock.model_copy(update={"kind": "recovery"}).open(GOOD) is None
    swapped = ("B" if lock.wrapped[0] == "A" else "A") + lock.wrapped[1:]
    assert lock.model_copy(update={"wrapped": swapped}).open(GOOD) is None


def test_two_ways_to_type_one_letter_are_one_passphrase() -> None:
    assert Lock.close(b"k" * 32, "passphrase", "caf\u00e9 noir").open("cafe\u0301 noir") == b"k" * 32


def test_a_slip_in_the_recovery_phrase_is_told_where_it_is() -> None:
    phrase = recovery.new_phrase()
    assert recovery.tidy_phrase(f"  {phrase.title()} ") == phrase
    words = phrase.split()
    with pytest.raises(NoKey, match="has 12 words; these are 11"):
        recovery.tidy_phrase(" ".join(words[:-1]))
    with pytest.raises(NoKey, match='Word 3, "mastocyte"'):
        recovery.tidy_phrase(" ".join([*words[:2], "mastocyte", *words[3:]]))


def test_a_second_ring_opens_no_first_store(home: Path, tmp_path: Path) -> None:
    first = opened_with(home, Means(), Person(GOOD, GOOD))
    second = opened_with(tmp_path / "other", Means(), Person(GOOD, GOOD))
    assert first != second
    assert KeyRing.read(home).open("passphrase", GOOD) == first
