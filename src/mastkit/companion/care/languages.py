"""The language of a page as one of the languages that the emergency card has."""

from django.utils.translation import get_language

from mastkit.reports.card_texts import card_languages


def card_language() -> str:
    """Return the language of the page where the card has it, else English."""
    own = (get_language() or "en").partition("-")[0]
    return own if own in card_languages() else "en"
