"""The recovery phrase: twelve plain words (BIP 39) that open the store when all else is lost."""

from mnemonic import Mnemonic

from mastkit.companion.keys.ring import NoKey

WORDS = 12


def new_phrase() -> str:
    """Return twelve words: 128 random bits with a checksum that finds a slip of the pen."""
    return Mnemonic("english").generate(strength=128)


def tidy_phrase(typed: str) -> str:
    """Return the phrase as it was written, whatever spaces and capitals were typed. Raises `NoKey`."""
    words = typed.lower().split()
    if len(words) != WORDS:
        raise NoKey(f"A recovery phrase has {WORDS} words; these are {len(words)}.")
    known = set(Mnemonic("english").wordlist)
    for number, word in enumerate(words, start=1):
        if word not in known:
            raise NoKey(f'Word {number}, "{word}", is not a word of a recovery phrase.')
    phrase = " ".join(words)
    if not Mnemonic("english").check(phrase):
        raise NoKey("These words do not belong together; look for one that was mixed up with another.")
    return phrase


def sheet(phrase: str, home: str) -> str:
    """Return the recovery sheet, to be written down or printed, shown once."""
    words = phrase.split()
    rows = [
        "   ".join(f"{number:2}. {words[number - 1]:<10}" for number in range(row, row + 4)).rstrip()
        for row in range(1, WORDS + 1, 4)
    ]
    return "\n".join(
        [
            "RECOVERY SHEET: shown this once. Write it down, on paper, and keep it away from this machine.",
            "",
            *(f"    {row}" for row in rows),
            "",
            f"    Store: {home}",
            "    To use it: mastkit serve --recover",
            "",
            "Who has these words can open the record. Without them and without your passphrase nobody can,",
            "and nobody can help.",
        ]
    )
