"""Every kind of document, for tests that hold for all of them."""

from collections.abc import Callable
from datetime import date

from mastkit.record.record import Record
from mastkit.reports.card import emergency_card
from mastkit.reports.card_render import card_document
from mastkit.reports.document import Document
from mastkit.reports.hand_over import desk_card, desk_card_document
from mastkit.reports.pack import appointment_pack
from mastkit.reports.pack_document import pack_document
from mastkit.reports.procedure import procedure_document, procedure_sheet
from mastkit.reports.referral import referral, referral_document
from mastkit.reports.summary import summarise, summary_document

DOCUMENTS: dict[str, Callable[[Record, date], Document]] = {
    "appointment": lambda record, on: pack_document(appointment_pack(record, on)),
    "emergency-card": lambda record, on: card_document(emergency_card(record, on)),
    "procedure": lambda record, on: procedure_document(procedure_sheet(record, on)),
    "summary": lambda record, on: summary_document(summarise(record, on)),
    "referral": lambda record, on: referral_document(referral(record, on, "haematology")),
    "desk-card": lambda record, on: desk_card_document(desk_card(record, on)),
}
