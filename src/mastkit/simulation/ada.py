"""Ada: invented. Indolent systemic mastocytosis, a wasp sting that nearly killed her, a year of diary."""

from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np

from mastkit.record.quantity import Quantity
from mastkit.record.record import Record
from mastkit.record.time import Moment, zone_of
from mastkit.simulation.diary import simulate
from mastkit.simulation.diary_record import write_diary
from mastkit.simulation.written import Writer

ZONE = "Europe/Berlin"
DIARY_DAYS = 365
DIARY_SEED = 3
LABORATORY = "Central laboratory"
STING_AGO = 430
_SYMPTOMS = (("flushing", 0.8), ("pruritus", 0.6), ("abdominal-cramps", 0.35), ("diarrhea", 0.25),
             ("tachycardia", 0.3), ("headache", 0.25), ("dizziness", 0.15), ("urticaria", 0.2))  # fmt: skip


def ada(today: date) -> Record:
    """Return Ada's record as it stands on the morning of a day."""
    writer = Writer("Ada", ZONE, today)
    _who_she_is(writer)
    _diagnosis(writer)
    _sting(writer)
    _laboratory(writer)
    _medicines(writer)
    _diary(writer)
    _what_is_ready(writer)
    _appointments(writer)
    return writer.record()


def _who_she_is(writer: Writer) -> None:
    born = date(writer.today.year - 42, 5, 17)
    writer.put("sex", sex="female", recorded_at=writer.at(700).at)
    writer.put("birth_date", born=born, recorded_at=writer.at(700).at)
    writer.put("contact", name="Ben", role="partner", phone="+49 30 5550101", emergency=True)
    writer.put("contact", name="Dr Cole", role="allergist", phone="+49 30 5550102", emergency=False)
    writer.put("contact", name="Dr Haas", role="haematologist", phone="+49 30 5550103", emergency=False)


def _diagnosis(writer: Writer) -> None:
    examined, biopsied, told = writer.on(690), writer.on(662), writer.on(645)
    clinician: dict[str, Any] = {"source": "clinician", "by": "Dr Cole"}
    writer.put(
        "finding", examined, code="skin_lesions", state="present", value="mpcm_mono",
        site="trunk and thighs", method="examination", **clinician,
    )  # fmt: skip
    writer.put("finding", examined, code="darier_sign", state="present", **clinician)
    biopsy = writer.put(
        "procedure", biopsied, code="marrow_biopsy", site="posterior iliac crest", by="Dr Haas", adequate=True,
        source="document", report="Several dense groups of mast cells beside the trabeculae; the rest normal.",
    )  # fmt: skip
    marrow: dict[str, Any] = {"source": "document", "by": "Pathology report", "procedure": biopsy}
    for code in ("bm_biopsy_done", "bm_biopsy_adequate", "bm_aggregates_multifocal",
                 "ihc_tryptase_positive", "ihc_cd117_positive"):  # fmt: skip
        writer.put("finding", biopsied, code=code, state="present", **marrow)
    writer.put("finding", biopsied, code="cd25", state="present", value="true", **marrow)
    writer.put("finding", biopsied, code="cd2", state="present", value="partial", **marrow)
    writer.put("finding", biopsied, code="cd30", state="unknown", method="stain not readable", **marrow)
    writer.put("finding", biopsied, code="dysplasia", state="absent", **marrow)
    writer.put("finding", biopsied, code="ahn", state="absent", value="none", **marrow)
    spindle = Quantity(value=60, unit="%")
    writer.put("measurement", biopsied, code="mc_spindle_pct_tissue", quantity=spindle, specimen="marrow", **marrow)
    few = Quantity(value=10, unit="%", comparator="<")
    writer.put("measurement", biopsied, code="bm_mc_pct_biopsy", quantity=few, specimen="marrow", **marrow)
    writer.put(
        "variant", biopsied, gene="KIT", change="D816V", result="detected", tissue="marrow", assay="ddpcr",
        origin="somatic", activating=True, detection_limit=Quantity(value=0.03, unit="%"),
        allele_fraction=Quantity(value=2.1, unit="%"), **marrow,
    )  # fmt: skip
    for organ in ("hepatomegaly", "splenomegaly"):
        writer.put("finding", told, code=organ, state="absent", value="none", method="ultrasound", **clinician)
    writer.put(
        "diagnosis", told, label="Indolent systemic mastocytosis", code="ISM", system="who-2022",
        stated_by="Dr Haas", status="confirmed", source="clinician", by="Dr Haas",
    )  # fmt: skip
    scan = writer.put("procedure", writer.on(600), code="dxa", source="document", by="Radiology")
    for site, score in (("lumbar spine", -1.7), ("left hip", -1.1)):
        writer.put(
            "measurement", writer.on(600), code="tscore_min", quantity=Quantity(value=score, unit="1"),
            site=site, method="DXA", procedure=scan, source="document", by="Radiology",
        )  # fmt: skip
    writer.put("finding", writer.on(600), code="osteoporosis", state="absent", source="clinician", by="Dr Haas")


def _sting(writer: Writer) -> None:
    """The one reaction that everything else is arranged around."""
    sting = writer.at(STING_AGO, "14:25")
    writer.put("exposure", sting, code="wasp-sting", symptoms_already_there=False)
    flare = writer.put(
        "flare", writer.at(STING_AGO, "14:35"), end=writer.at(STING_AGO, "19:00"), severity=9,
        anaphylaxis=True, suspected=("wasp-sting",),
        symptoms=({"code": "flushing", "severity": 8}, {"code": "syncope", "severity": 9}),
    )  # fmt: skip
    writer.put("dose", writer.at(STING_AGO, "14:42"), medicine="epinephrine", amount_text="0.3 mg", flare=flare)
    _tryptase(writer, STING_AGO, "16:05", 58.0, context="event", hours_after_onset=1.5, flare=flare)
    writer.put("finding", writer.on(425), code="hymenoptera_trigger", state="present",
               source="clinician", by="Dr Cole")  # fmt: skip
    writer.put("finding", writer.on(410), code="ige_allergy_confirmed", state="present",
               method="specific IgE, wasp venom", source="clinician", by="Dr Cole")  # fmt: skip
    writer.put("finding", writer.on(425), code="anaphylaxis", state="present",
               source="clinician", by="Dr Cole")  # fmt: skip


def _laboratory(writer: Writer) -> None:
    for ago, value in ((688, 31.2), (500, 29.5), (300, 30.4), (120, 28.1), (20, 27.6)):
        _tryptase(writer, ago, "08:30", value, context="baseline", hours_since_full_resolution=170.0)
    blood = {"hb": (13.4, "g/dL"), "plt": (245.0, "10*9/L"), "anc": (3.9, "10*9/L"),
             "leukocytes": (6.4, "10*9/L"), "eosinophils": (0.2, "10*9/L"), "albumin": (43.0, "g/L")}  # fmt: skip
    writer.lab(688, blood, LABORATORY)
    writer.lab(300, blood | {"hb": (13.1, "g/dL"), "plt": (238.0, "10*9/L")}, LABORATORY)
    writer.lab(20, blood | {"hb": (13.6, "g/dL"), "plt": (251.0, "10*9/L")}, LABORATORY)
    writer.put("measurement", writer.at(300, "08:30"), code="vitd", source="document", by=LABORATORY,
               quantity=Quantity(value=24, unit="ng/mL"), laboratory=LABORATORY)  # fmt: skip
    for ago, fraction in ((500, 0.31), (20, 0.28)):
        writer.put(
            "variant", writer.on(ago), gene="KIT", change="D816V", result="detected", tissue="blood",
            assay="ddpcr", detection_limit=Quantity(value=0.03, unit="%"),
            allele_fraction=Quantity(value=fraction, unit="%"), source="document", by=LABORATORY,
        )  # fmt: skip
    writer.put("variant", writer.on(500), gene="TPSAB1", result="not_detected", extra_copies=0, tissue="blood",
               source="document", by=LABORATORY)  # fmt: skip


def _tryptase(writer: Writer, ago: int, clock: str, value: float, **more: Any) -> None:
    writer.put(
        "measurement", writer.at(ago, clock), code="tryptase", quantity=Quantity(value=value, unit="ng/mL"),
        reference_high=11.4, laboratory=LABORATORY, method="ImmunoCAP", specimen="serum",
        source="document", by=LABORATORY, **more,
    )  # fmt: skip


def _medicines(writer: Writer) -> None:
    writer.put("medicine_course", writer.on(640), medicine="famotidine", schedule="one tablet twice a day",
               reason="stomach", response="better")  # fmt: skip
    writer.put("medicine_course", writer.on(640), medicine="loratadine", schedule="one tablet daily",
               end=writer.on(390), stopped_because="hardly any effect", reason="itch", response="same")  # fmt: skip
    writer.put("medicine_course", writer.on(389), medicine="cetirizine", schedule="one tablet in the morning",
               reason="itch and flushing", response="better")  # fmt: skip
    writer.put("medicine_course", writer.on(640), medicine="epinephrine", as_needed=True,
               schedule="as the emergency plan says")  # fmt: skip
    writer.put("medicine_course", writer.on(400), medicine="venom-extract", schedule="every 6 weeks",
               reason="wasp venom allergy")  # fmt: skip


def _diary(writer: Writer) -> None:
    midnight = datetime.combine(writer.day(DIARY_DAYS), time(), zone_of(ZONE)).astimezone(UTC)
    diary = simulate("check-in", days=DIARY_DAYS, seed=DIARY_SEED, start=midnight)
    random = np.random.default_rng(DIARY_SEED)
    described = [_flare(random) for _ in diary.diary.flares.onset]
    flares = write_diary(writer, diary, described.__getitem__, without=frozenset({"insect-sting"}))
    for flare, onset, content in zip(flares, diary.diary.flares.onset, described, strict=True):
        if content["severity"] >= 6:
            later = Moment(at=diary.diary.instant(onset + 0.4), zone=ZONE)
            writer.put("dose", later, medicine="cetirizine", amount_text="one extra tablet", flare=flare)


def _flare(random: np.random.Generator) -> dict[str, Any]:
    severity = int(np.clip(random.poisson(4.2), 1, 8))
    there = [code for code, probability in _SYMPTOMS if random.random() < probability] or ["flushing"]
    return {
        "severity": severity,
        "anaphylaxis": False,
        "symptoms": tuple(
            {"code": code, "severity": int(np.clip(severity + random.integers(-2, 2), 1, 10))} for code in there
        ),
    }


def _what_is_ready(writer: Writer) -> None:
    writer.put(
        "emergency_plan", writer.on(420), source="clinician", by="Dr Cole", written_by="Dr Cole",
        language="en", emergency_number="112", second_dose_after_minutes=10.0,
        steps=("Adrenaline auto-injector into the outer thigh.", "Call 112 and say anaphylaxis.",
               "Lie down, legs up; sit up only if breathing is hard.",
               "Second auto-injector after 10 minutes if no better."),
    )  # fmt: skip
    for place, expires in (("handbag", -210), ("kitchen drawer", -25)):
        writer.put("device", code="adrenaline_auto_injector", name="Auto-injector 0.3 mg", place=place,
                   expires=Moment.on(writer.day(expires), ZONE, "month"), practised=writer.on(80))  # fmt: skip
    writer.put("device", code="medical-id", name="Bracelet", place="left wrist")


def _appointments(writer: Writer) -> None:
    writer.put("appointment", writer.at(300, "10:00"), with_whom="Dr Haas", speciality="haematology",
               purpose="yearly visit", status="kept")  # fmt: skip
    writer.put("appointment", writer.at(120, "11:30"), with_whom="Dr Cole", speciality="allergy",
               purpose="venom immunotherapy, half-yearly visit", status="kept")  # fmt: skip
    visit = writer.put("appointment", writer.at(-9, "10:30"), with_whom="Dr Cole", speciality="allergy",
                       purpose="half-yearly visit", status="planned", recorded_at=writer.at(30).at)  # fmt: skip
    for rank, text in enumerate(
        ("Does heat really set off my flares, or only together with exercise?",
         "My second auto-injector expires next month: can I have a new prescription?",
         "Is my bone scan due again?"), start=1,
    ):  # fmt: skip
        writer.put("question", text=text, rank=rank, appointment=visit, recorded_at=writer.at(5).at)
