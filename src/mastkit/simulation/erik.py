"""Erik: invented. Aggressive systemic mastocytosis under avapritinib, with the values that are followed."""

from datetime import date
from typing import Any

import numpy as np

from mastkit.record.quantity import Quantity
from mastkit.record.record import Record
from mastkit.simulation.written import Writer

ZONE = "Europe/Berlin"
LABORATORY = "University laboratory"
START_AGO = 420
"""Days since the first tablet of avapritinib."""

_VISITS = (430, 406, 392, 378, 364, 336, 308, 280, 252, 224, 196, 168, 140, 112, 84, 56, 28, 7)
"""Days ago on which blood was drawn: the first before treatment, the rest under it."""

_PLATELETS = (88, 71, 58, 47, 62, 78, 84, 90, 95, 99, 104, 101, 108, 112, 110, 115, 118, 116)
"""The fall below 50 is why the tablets were stopped for two weeks and went on lower."""


def erik(today: date) -> Record:
    """Return Erik's record as it stands on the morning of a day."""
    writer = Writer("Erik", ZONE, today)
    _who_he_is(writer)
    first = _marrow(writer, START_AGO + 25, mast_cells=45.0, fraction=31.0)
    _before_treatment(writer, first)
    _treatment(writer)
    _followed(writer)
    _marrow(writer, 60, mast_cells=8.0, fraction=1.6)
    _days(writer)
    _what_is_ready(writer)
    return writer.record()


def _who_he_is(writer: Writer) -> None:
    writer.put("sex", sex="male", recorded_at=writer.at(500).at)
    writer.put("birth_date", born=date(writer.today.year - 66, 2, 3), recorded_at=writer.at(500).at)
    writer.put("contact", name="Dr Haas", role="haematologist", phone="+49 30 5550103")
    writer.put("contact", name="Lotte", role="wife", phone="+49 30 5550104", emergency=True)


def _marrow(writer: Writer, ago: int, *, mast_cells: float, fraction: float) -> Any:
    day = writer.on(ago)
    biopsy = writer.put(
        "procedure", day, code="marrow_biopsy", site="posterior iliac crest", by="Dr Haas", adequate=True,
        source="document",
    )  # fmt: skip
    common: dict[str, Any] = {"source": "document", "by": "Pathology report", "procedure": biopsy}
    for code in ("bm_biopsy_done", "bm_biopsy_adequate", "bm_aggregates_multifocal",
                 "ihc_tryptase_positive", "ihc_cd117_positive"):  # fmt: skip
        writer.put("finding", day, code=code, state="present", **common)
    for code in ("cd25", "cd2"):
        writer.put("finding", day, code=code, state="present", value="true", **common)
    for code, value in (("bm_mc_pct_biopsy", mast_cells), ("bm_mc_pct_smear", mast_cells / 8)):
        share = Quantity(value=round(value, 1), unit="%")
        writer.put("measurement", day, code=code, quantity=share, specimen="marrow", **common)
    writer.put(
        "variant", day, gene="KIT", change="D816V", result="detected", tissue="marrow", assay="ddpcr",
        origin="somatic", activating=True, detection_limit=Quantity(value=0.03, unit="%"),
        allele_fraction=Quantity(value=fraction, unit="%"), **common,
    )  # fmt: skip
    return biopsy


def _before_treatment(writer: Writer, biopsy: Any) -> None:
    day, told = writer.on(START_AGO + 25), writer.on(START_AGO + 14)
    clinician: dict[str, Any] = {"source": "clinician", "by": "Dr Haas"}
    spindle = Quantity(value=70, unit="%")
    writer.put("measurement", day, code="mc_spindle_pct_tissue", quantity=spindle, procedure=biopsy,
               source="document", by="Pathology report")  # fmt: skip
    writer.put("finding", day, code="skin_lesions", state="absent", value="none", **clinician)
    writer.put("finding", day, code="dysplasia", state="absent", procedure=biopsy, **clinician)
    writer.put("finding", day, code="ahn", state="absent", value="none", procedure=biopsy, **clinician)
    writer.put("finding", day, code="splenomegaly", state="present", value="palpable", **clinician)
    writer.put("finding", day, code="hepatomegaly", state="present", value="palpable", **clinician)
    writer.put("finding", day, code="ascites", state="present", method="ultrasound", **clinician)
    writer.put("finding", day, code="c_liver_attributed", state="present", **clinician)
    writer.put("finding", day, code="c_marrow_attributed", state="present", **clinician)
    writer.put("finding", day, code="weight_loss", state="present", **clinician)
    writer.put("measurement", day, code="weight_loss_pct", quantity=Quantity(value=12, unit="%"), **clinician)
    writer.put("finding", day, code="osteosclerosis", state="unknown", **clinician)
    writer.put(
        "diagnosis", told, label="Aggressive systemic mastocytosis", code="ASM", system="who-2022",
        stated_by="Dr Haas", status="confirmed", **clinician,
    )  # fmt: skip


def _treatment(writer: Writer) -> None:
    common: dict[str, Any] = {"medicine": "avapritinib", "reason": "aggressive systemic mastocytosis",
                              "source": "clinician", "by": "Dr Haas"}  # fmt: skip
    stopped, resumed = 377, 362
    writer.put("medicine_course", writer.on(START_AGO), schedule="200 mg once a day", end=writer.on(stopped),
               stopped_because="platelets below 50", response="better", **common)  # fmt: skip
    writer.put("medicine_course", writer.on(resumed), schedule="100 mg once a day", response="better", **common)
    writer.put("medicine_course", writer.on(430), medicine="famotidine", schedule="one tablet twice a day",
               reason="stomach")  # fmt: skip
    writer.put("medicine_course", writer.on(430), medicine="cetirizine", schedule="one tablet a day",
               reason="itch")  # fmt: skip


def _followed(writer: Writer) -> None:
    """Write blood counts, tryptase, albumin and allele fraction as they fell and rose under treatment."""
    for place, (ago, platelets) in enumerate(zip(_VISITS, _PLATELETS, strict=True)):
        under = max(START_AGO - ago, 0)
        gone = 1 - np.exp(-under / 70)
        wobble = 1 + 0.04 * np.sin(place * 2.1)
        writer.lab(
            ago,
            {
                "hb": (round(9.1 + 3.6 * gone * wobble, 1), "g/dL"),
                "plt": (float(platelets), "10*9/L"),
                "anc": (round(2.2 + 0.9 * gone * wobble, 1), "10*9/L"),
                "leukocytes": (round(5.8 + 0.4 * gone * wobble, 1), "10*9/L"),
                "monocytes": (round(0.7 - 0.2 * gone, 2), "10*9/L"),
                "eosinophils": (round(0.6 - 0.4 * gone, 2), "10*9/L"),
                "albumin": (round(28 + 11 * gone * wobble, 0), "g/L"),
                "alp": (round(310 * (1 - 0.65 * gone) * wobble, 0), "U/L"),
            },
            LABORATORY,
        )
        level = Quantity(value=round(312 * (1 - 0.93 * gone) * wobble, 1), unit="ng/mL")
        writer.put(
            "measurement", writer.at(ago, "08:30"), code="tryptase", quantity=level, context="baseline",
            hours_since_full_resolution=72.0, reference_high=11.4, laboratory=LABORATORY, method="ImmunoCAP",
            specimen="serum", source="document", by=LABORATORY,
        )  # fmt: skip
        if ago in (430, 336, 252, 168, 84, 7):
            fraction = Quantity(value=round(28 * (1 - 0.95 * gone) * wobble, 2), unit="%")
            writer.put(
                "variant", writer.on(ago), gene="KIT", change="D816V", result="detected", tissue="blood",
                assay="ddpcr", detection_limit=Quantity(value=0.03, unit="%"), allele_fraction=fraction,
                source="document", by=LABORATORY,
            )  # fmt: skip
    for ago in (252, 60):
        writer.put("finding", writer.on(ago), code="ascites", state="absent", method="ultrasound",
                   source="clinician", by="Dr Haas")  # fmt: skip
    writer.put("finding", writer.on(60), code="splenomegaly", state="absent", value="not_palpable",
               source="clinician", by="Dr Haas")  # fmt: skip


def _days(writer: Writer) -> None:
    """Write a thin diary: Erik notes flares and how he feels once a week."""
    for ago in (415, 388, 371, 300, 190, 77):
        writer.put("flare", writer.at(ago, "16:40"), end=writer.at(ago, "18:10"), severity=4, anaphylaxis=False,
                   symptoms=({"code": "flushing", "severity": 4}, {"code": "diarrhea", "severity": 3}))  # fmt: skip
    for ago in range(413, 0, -7):
        swollen = ({"code": "edema", "severity": 2},)
        wellbeing = int(np.clip(4 + (413 - ago) / 90, 4, 8))
        writer.put("check_in", writer.at(ago, "20:00"), asked=("fatigue", "edema", "memory-impairment"),
                   ticked=swollen if ago % 3 == 0 else (), wellbeing=wellbeing)  # fmt: skip


def _what_is_ready(writer: Writer) -> None:
    writer.put(
        "emergency_plan", writer.on(400), source="clinician", by="Dr Haas", written_by="Dr Haas",
        language="en", emergency_number="112",
        steps=("Adrenaline auto-injector into the outer thigh.", "Call 112.", "Lie down, legs up."),
    )  # fmt: skip
    writer.put("device", code="adrenaline_auto_injector", name="Auto-injector 0.3 mg", place="jacket",
               expires=writer.on(-320))  # fmt: skip
    writer.put("appointment", writer.at(28, "09:00"), with_whom="Dr Haas", speciality="haematology",
               purpose="blood count and dose", status="kept")  # fmt: skip
    visit = writer.put("appointment", writer.at(-5, "09:00"), with_whom="Dr Haas", speciality="haematology",
                       purpose="response after a year", status="planned", recorded_at=writer.at(28).at)  # fmt: skip
    writer.put("question", text="My eyelids are swollen in the morning: is that the tablet?", rank=1,
               appointment=visit, recorded_at=writer.at(3).at)  # fmt: skip
    writer.put("question", text="How long will I take it?", rank=2, appointment=visit,
               recorded_at=writer.at(3).at)  # fmt: skip
