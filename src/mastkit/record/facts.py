"""The kinds of fact that a record is made of. Facts are only ever added; a correction replaces one."""

from calendar import monthrange
from datetime import date
from pathlib import PurePath
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from mastkit.record.problems import shown
from mastkit.record.quantity import Quantity, UnitDoesNotFit
from mastkit.record.sheets.numbers import NotANumber
from mastkit.record.time import Instant, Moment
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

Word = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Degree = Annotated[int, Field(ge=0, le=10)]

TRYPTASE = "tryptase"
"""The code of every tryptase value: its context says whether it serves as baseline or event sample."""

_READ_FROM_OTHER_FACTS = {
    "bst": f'the code "{TRYPTASE}" with context "baseline"',
    "tryptase_acute": f'the code "{TRYPTASE}" with context "event"',
    "tryptase_untimed": f'the code "{TRYPTASE}" with context "unknown"',
    "tryptase_acute_hours": f'hours_after_onset of the measurement "{TRYPTASE}"',
    "age": "a fact of kind birth_date",
    "sex": "a fact of kind sex",
    "kit_d816v": "a fact of kind variant",
    "kit_d816v_blood": "a fact of kind variant",
    "kit_d816v_tissue": "a fact of kind variant",
    "kit_d816v_method": "a fact of kind variant",
    "kit_d816v_vaf_pct": "a fact of kind variant with allele_fraction",
    "tpsab1_extra_copies": "a fact of kind variant with extra_copies",
    **dict.fromkeys(("srsf2", "asxl1", "runx1", "nras", "dnmt3a"), "a fact of kind variant"),
}


class Part(BaseModel):
    """A part of a fact."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Recorder(Part):
    """Who or what a fact comes from."""

    source: Literal["self", "clinician", "document", "import"] = Field(
        description="The person or a helper (self), a clinician, a document copied from, or an import."
    )
    name: Word | None = Field(default=None, description="The name of the person, document or program.")


class Fact(Part):
    """What every fact has."""

    id: UUID = Field(description="Made where the fact was entered; a UUIDv7. The same id is the same fact.")
    recorded_at: Instant = Field(description="When it was written down.")
    recorded_by: Recorder = Field(description="Who wrote it down, or what it was taken from.")
    source_text: Text | None = Field(default=None, description="The words it was taken from, as they stood there.")
    replaces: UUID | None = Field(default=None, description="The fact that this one corrects.")
    note: Text | None = Field(default=None, description="What else there is to say.")

    @model_validator(mode="after")
    def _replaces_another(self) -> Self:
        if self.replaces == self.id:
            raise _misfit("replaces", self.replaces, "the id of another fact")
        return self


class DatedFact(Fact):
    """A fact with a time."""

    time: Moment = Field(description="When it was, or began.")


class SymptomDegree(Part):
    """A symptom in a flare or on a day."""

    code: Word = Field(description="The symptom, a word of the vocabulary or the person's own.")
    severity: Degree | None = Field(default=None, description="From 0, not there, to 10, the worst there can be.")


class Flare(DatedFact):
    """A time with symptoms, from its start."""

    kind: Literal["flare"] = "flare"
    end: Moment | None = Field(default=None, description="When all symptoms were gone.")
    symptoms: tuple[SymptomDegree, ...] = Field(default=(), description="The symptoms there were.")
    severity: Degree | None = Field(default=None, description="The whole of it, from 0 to 10.")
    anaphylaxis: bool | None = Field(default=None, description="Whether it was judged to be anaphylaxis.")
    suspected: tuple[Word, ...] = Field(default=(), description="What the person thinks may have set it off.")

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        _not_before(self.end, self.time)
        return self


class Exposure(DatedFact):
    """Contact with something that may be a trigger, whether or not anything followed."""

    kind: Literal["exposure"] = "exposure"
    code: Word = Field(description="What it was, a word of the vocabulary or the person's own.")
    end: Moment | None = Field(default=None, description="When it was over.")
    amount: Quantity | None = Field(default=None, description="How much, where it can be measured.")
    amount_text: Word | None = Field(default=None, description="How much, in words.")
    symptoms_already_there: bool | None = Field(
        default=None,
        description="Whether symptoms had begun before; such an exposure cannot have set them off.",
    )

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        _not_before(self.end, self.time)
        return self


class CheckIn(DatedFact):
    """A moment or day of which was noted what was there and what was not; nothing special counts too."""

    kind: Literal["check_in"] = "check_in"
    asked: tuple[Word, ...] = Field(default=(), description="The items that were asked; not ticked means: no.")
    ticked: tuple[SymptomDegree, ...] = Field(default=(), description="The items that were there.")
    wellbeing: Degree | None = Field(default=None, description="From 0, as bad as can be, to 10, as good.")

    @model_validator(mode="after")
    def _ticked_was_asked(self) -> Self:
        for item in self.ticked:
            if item.code not in self.asked:
                raise _misfit("ticked", item.code, "only items that were asked")
        return self


class Dose(DatedFact):
    """A medicine taken, or left out."""

    kind: Literal["dose"] = "dose"
    medicine: Word = Field(description="The medicine.")
    status: Literal["taken", "skipped"] = Field(default="taken", description="Whether it was taken.")
    amount: Quantity | None = Field(default=None, description="How much.")
    amount_text: Word | None = Field(default=None, description='How much, in words, such as "one tablet".')
    flare: UUID | None = Field(default=None, description="The flare it was taken for.")
    course: UUID | None = Field(default=None, description="The course it belongs to.")


class MedicineCourse(DatedFact):
    """A medicine taken over a time, from its start."""

    kind: Literal["medicine_course"] = "medicine_course"
    medicine: Word = Field(description="The medicine.")
    schedule: Word | None = Field(default=None, description="Dose and times, as prescribed, in words.")
    as_needed: bool | None = Field(default=None, description="Whether it is taken only when needed.")
    reason: Word | None = Field(default=None, description="What it is taken for.")
    end: Moment | None = Field(default=None, description="When it was stopped.")
    stopped_because: Word | None = Field(default=None, description="Why it was stopped.")
    response: Literal["better", "same", "worse"] | None = Field(default=None, description="What it did.")

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        _not_before(self.end, self.time)
        return self


class Measurement(DatedFact):
    """A number that was measured."""

    kind: Literal["measurement"] = "measurement"
    code: Word = Field(description=f'A variable of the case sheet, "{TRYPTASE}", or another word.')
    quantity: Quantity = Field(description="The value as the laboratory printed it.")
    context: Literal["baseline", "event", "unknown"] = Field(
        default="unknown", description="Whether the person was well, or the sample was taken for an event."
    )
    hours_after_onset: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="Hours from the beginning of the event to the sample."
    )
    hours_since_full_resolution: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="Hours from the moment all symptoms were gone to the sample."
    )
    flare: UUID | None = Field(default=None, description="The flare for which the sample was taken.")
    procedure: UUID | None = Field(default=None, description="The procedure it comes from.")
    reference_low: float | None = Field(default=None, description="The laboratory's own lower limit, same unit.")
    reference_high: float | None = Field(default=None, description="The laboratory's own upper limit, same unit.")
    laboratory: Word | None = Field(default=None, description="The name of the laboratory.")
    method: Word | None = Field(default=None, description="The method or assay.")
    specimen: Word | None = Field(default=None, description="What was measured in: serum, marrow, urine.")
    site: Word | None = Field(default=None, description="Where on the body, such as lumbar spine.")
    loinc: Annotated[str, Field(pattern=r"^[0-9]{1,7}-[0-9]$")] | None = Field(
        default=None, description="LOINC code."
    )

    @model_validator(mode="after")
    def _fits_the_variable(self) -> Self:
        _not_read_from_another_kind(self.code)
        variable = _variable_measured(self.code)
        if variable is not None:
            try:
                self.quantity.interval(variable)
            except (UnitDoesNotFit, NotANumber) as error:
                raise _misfit("quantity", self.quantity, f"{error} for {self.code}") from None
        return self


class Finding(DatedFact):
    """Something looked for, and found, not found, or left open."""

    kind: Literal["finding"] = "finding"
    code: Word = Field(description="A variable of the case sheet, or another word.")
    state: Literal["present", "absent", "unknown"] = Field(
        description="Found; looked for and not found; or looked for and left open."
    )
    value: Word | None = Field(default=None, description="Which: one of the values of the variable, or a text.")
    site: Word | None = Field(default=None, description="Where in the body.")
    method: Word | None = Field(default=None, description="How it was looked for.")
    procedure: UUID | None = Field(default=None, description="The procedure it comes from.")

    @model_validator(mode="after")
    def _fits_the_variable(self) -> Self:
        _not_read_from_another_kind(self.code)
        variable = sheet_variables().get(self.code)
        if variable is None:
            return self
        match variable.kind:
            case "number":
                raise _misfit("code", self.code, "a fact of kind measurement for this variable")
            case "boolean" if self.value is not None:
                raise _misfit("value", self.value, f"no value beside the state of {self.code}")
            case "choice":
                self._check_choice(variable)
            case "text" if self.state == "present" and self.value is None:
                raise _misfit("value", None, f"the text of {self.code}")
        return self

    def _check_choice(self, variable: SheetVariable) -> None:
        values = ", ".join(variable.values)
        if self.state == "unknown":
            if self.value is not None and self.value not in variable.values:
                raise _misfit("value", self.value, f"one of {values}, or no value")
            return
        value = self.sheet_value()
        if value not in variable.values:
            raise _misfit("value", self.value, f"one of {values}")
        contradicts = {
            "present": ("none", "false", "not_palpable", "pdgfra-negative"),
            "absent": ("true", "present", "palpable", "imaging"),
        }
        if value in contradicts[self.state]:
            raise _misfit("value", value, f'a value of {variable.name} that fits the state "{self.state}"')

    def sheet_value(self) -> bool | str | None:
        """Return what the finding says about the variable of its name; None is unknown."""
        if self.state == "unknown":
            return None
        variable = sheet_variables().get(self.code)
        if variable is None or variable.kind == "boolean":
            return self.state == "present"
        if self.value is not None:
            return self.value
        words = ("true", "present") if self.state == "present" else ("false", "none")
        return next((word for word in words if word in variable.values), None)


class Procedure(DatedFact):
    """Something done to look: a biopsy, a scan, an operation."""

    kind: Literal["procedure"] = "procedure"
    code: Word = Field(description="What was done, such as marrow_biopsy.")
    site: Word | None = Field(default=None, description="Where in the body.")
    by: Word | None = Field(default=None, description="Who did it.")
    adequate: bool | None = Field(default=None, description="Whether the sample was said to be good enough.")
    report: Text | None = Field(default=None, description="The report in its own words.")


class Variant(DatedFact):
    """A gene that was tested, with what was found."""

    kind: Literal["variant"] = "variant"
    gene: Word = Field(description="The gene, such as KIT or TPSAB1.")
    change: Word | None = Field(default=None, description='The change looked for or found, such as "D816V".')
    result: Literal["detected", "not_detected", "equivocal"] = Field(description="What was found.")
    tissue: Literal["marrow", "blood", "extracutaneous", "skin", "saliva", "other"] | None = Field(
        default=None, description="The tissue; none where it is not stated."
    )
    assay: Literal["aso-qpcr", "ddpcr", "ngs", "sanger", "other"] | None = Field(
        default=None, description="The kind of test."
    )
    method: Word | None = Field(default=None, description="The test's own name.")
    origin: Literal["somatic", "germline"] | None = Field(default=None, description="Acquired or inherited.")
    activating: bool | None = Field(default=None, description="Whether the change is known to be activating.")
    detection_limit: Quantity | None = Field(
        default=None, description="The lowest fraction the test can see, in %."
    )
    allele_fraction: Quantity | None = Field(default=None, description="The fraction of alleles with it, in %.")
    extra_copies: Annotated[int, Field(ge=0, le=10)] | None = Field(
        default=None, description="Extra copies of the gene, such as of TPSAB1 coding alpha-tryptase."
    )
    regions: Word | None = Field(default=None, description="What was sequenced, such as the exons.")
    procedure: UUID | None = Field(default=None, description="The procedure the sample comes from.")
    laboratory: Word | None = Field(default=None, description="The name of the laboratory.")

    @model_validator(mode="after")
    def _fractions_are_percent(self) -> Self:
        for name in ("detection_limit", "allele_fraction"):
            fraction: Quantity | None = getattr(self, name)
            if fraction is not None and not (fraction.unit == "%" and 0 <= fraction.value <= 100):
                raise _misfit(name, fraction, "a number from 0 to 100 with the unit %")
        return self


class Diagnosis(DatedFact):
    """A diagnosis as a clinician stated it."""

    kind: Literal["diagnosis"] = "diagnosis"
    label: Word = Field(description="The diagnosis in the words of the report.")
    code: Word | None = Field(default=None, description="Its code, such as ISM, SSM or C96.21.")
    system: Word | None = Field(default=None, description="The classification used, such as who-2022 or icc-2022.")
    stated_by: Word | None = Field(default=None, description="Who stated it.")
    status: Literal["suspected", "confirmed", "ruled_out", "past"] | None = Field(
        default=None, description="How it was stated."
    )


class QuestionnaireAnswer(DatedFact):
    """A questionnaire as it was filled in."""

    kind: Literal["questionnaire_answer"] = "questionnaire_answer"
    questionnaire: Word = Field(description="The questionnaire.")
    version: Word | None = Field(default=None, description="Its version.")
    language: Word | None = Field(default=None, description="The language it was filled in, such as de.")
    answers: dict[Word, bool | float | Text] = Field(
        default_factory=dict, description="The answer to each item, by the item's name."
    )
    score: float | None = Field(default=None, description="The score as it was worked out then.")


class Appointment(DatedFact):
    """A visit, planned or past."""

    kind: Literal["appointment"] = "appointment"
    with_whom: Word | None = Field(default=None, description="The person or team.")
    speciality: Word | None = Field(default=None, description="The speciality.")
    place: Word | None = Field(default=None, description="Where.")
    purpose: Word | None = Field(default=None, description="What for.")
    status: Literal["planned", "kept", "cancelled"] = Field(default="planned", description="What became of it.")


class Question(Fact):
    """A question for an appointment, and the answer."""

    kind: Literal["question"] = "question"
    text: Text = Field(description="The question.")
    appointment: UUID | None = Field(default=None, description="The appointment at which to ask it.")
    rank: Annotated[int, Field(ge=1)] | None = Field(default=None, description="1 is asked first.")
    answer: Text | None = Field(default=None, description="The answer that was given.")


class EmergencyPlan(DatedFact):
    """The emergency plan that the person's own clinician wrote, step by step."""

    kind: Literal["emergency_plan"] = "emergency_plan"
    steps: tuple[Text, ...] = Field(description="The steps in order, as written.", min_length=1)
    written_by: Word | None = Field(default=None, description="Who wrote it.")
    language: Word | None = Field(default=None, description="The language, such as en.")
    emergency_number: Word | None = Field(default=None, description="The number to call, such as 112.")
    second_dose_after_minutes: Annotated[float, Field(gt=0)] | None = Field(
        default=None, description="When the plan itself names it: minutes to a second dose of adrenaline."
    )


class EmergencyAct(DatedFact):
    """Something that was done in an emergency: a call, a step of the plan; adrenaline given is a dose."""

    kind: Literal["emergency_act"] = "emergency_act"
    text: Text = Field(description="What was done, in words.")


class Device(Fact):
    """Something kept ready, such as an auto-injector."""

    kind: Literal["device"] = "device"
    code: Word = Field(description="What it is, such as adrenaline_auto_injector.")
    name: Word | None = Field(default=None, description="Its name and strength.")
    place: Word | None = Field(default=None, description="Where it is kept.")
    expires: Moment | None = Field(default=None, description="When it expires.")
    lot: Word | None = Field(default=None, description="The lot number.")
    practised: Moment | None = Field(default=None, description="When its use was last practised.")
    gone: Literal["used", "discarded", "lost"] | None = Field(
        default=None, description="Why it is no longer there."
    )


class Contact(Fact):
    """Somebody to call or write to."""

    kind: Literal["contact"] = "contact"
    name: Word = Field(description="The name.")
    role: Word | None = Field(default=None, description="Such as allergist, family doctor, helper.")
    phone: Word | None = Field(default=None, description="Telephone number.")
    email: Word | None = Field(default=None, description="E-mail address.")
    address: Text | None = Field(default=None, description="Postal address.")
    emergency: bool | None = Field(default=None, description="Whether to call in an emergency.")


class Photo(DatedFact):
    """A photograph; the picture itself lies beside the record."""

    kind: Literal["photo"] = "photo"
    file: Word = Field(description="The name of the picture's file, beside the record file.")
    media_type: Word | None = Field(default=None, description="Such as image/jpeg.")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="Checksum of the file."
    )
    site: Word | None = Field(default=None, description="Where on the body.")
    flare: UUID | None = Field(default=None, description="The flare it shows.")

    @model_validator(mode="after")
    def _lies_beside_the_record(self) -> Self:
        path = PurePath(self.file.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise _misfit("file", self.file, "the name of a file beside the record file")
        return self


class Note(DatedFact):
    """Free words."""

    kind: Literal["note"] = "note"
    text: Text = Field(description="The note.")
    about: UUID | None = Field(default=None, description="The fact it is about.")


class Sex(Fact):
    """The person's sex, as the rules and reference limits use it."""

    kind: Literal["sex"] = "sex"
    sex: Literal["male", "female"] = Field(description="The sex.")


class BirthDate(Fact):
    """When the person was born."""

    kind: Literal["birth_date"] = "birth_date"
    born: date = Field(description="The day; of a month or year, its first day.")
    precision: Literal["day", "month", "year"] = Field(default="day", description="How precisely it is known.")

    def ages_on(self, day: date) -> tuple[int, int] | None:
        """The lowest and the highest age in full years that the person can have on a day; ``None`` before birth."""
        latest = {
            "day": self.born,
            "month": self.born.replace(day=monthrange(self.born.year, self.born.month)[1]),
            "year": self.born.replace(month=12, day=31),
        }[self.precision]
        youngest, oldest = (
            day.year - born.year - ((day.month, day.day) < (born.month, born.day)) for born in (latest, self.born)
        )
        return None if oldest < 0 else (max(youngest, 0), oldest)


class Retraction(Fact):
    """A fact is withdrawn: it was entered by mistake."""

    kind: Literal["retraction"] = "retraction"
    replaces: UUID = Field(description="The fact that is withdrawn.")
    reason: Word | None = Field(default=None, description="Why.")


_ACT_AS_A_FINDING = "emergency-act"


def _in_its_own_kind(fact: Fact) -> Fact:
    """Read an act of an emergency that was written as a finding, as it was at first, in the kind it has now.

    What such a finding says beside its words has no place in an act: then it stays what it was written as.
    """
    if not isinstance(fact, Finding) or fact.code != _ACT_AS_A_FINDING:
        return fact
    if fact.state != "present" or fact.value is None or fact.site or fact.method or fact.procedure:
        return fact
    kept = {name: getattr(fact, name) for name in DatedFact.model_fields}
    return EmergencyAct(**kept, text=fact.value)


AnyFact = Annotated[
    Flare
    | Exposure
    | CheckIn
    | Dose
    | MedicineCourse
    | Measurement
    | Finding
    | Procedure
    | Variant
    | Diagnosis
    | QuestionnaireAnswer
    | Appointment
    | Question
    | EmergencyPlan
    | EmergencyAct
    | Device
    | Contact
    | Photo
    | Note
    | Sex
    | BirthDate
    | Retraction,
    Field(discriminator="kind"),
    AfterValidator(_in_its_own_kind),
]
"""A fact of any kind, told apart by ``kind``."""

FACT: TypeAdapter[AnyFact] = TypeAdapter(AnyFact)


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the names of the fields of a kind of fact; nothing where there is no such kind."""
    for model in KINDS:
        if model.model_fields["kind"].default == kind:
            return tuple(model.model_fields)
    return ()


def _models() -> tuple[type[Fact], ...]:
    found: list[type[Fact]] = []
    waiting: list[Any] = [Fact]
    while waiting:
        model = waiting.pop(0)
        waiting.extend(model.__subclasses__())
        if "kind" in model.model_fields:
            found.append(model)
    return tuple(found)


KINDS = _models()
"""The models of all kinds of fact."""


def _misfit(field: str, found: object, expected: str) -> PydanticCustomError:
    """Return the error of a field that does not fit the rest of its fact."""
    text = shown(found) if found is None or isinstance(found, str) else str(found)
    context = {"field": field, "found": text, "expected": expected}
    return PydanticCustomError("misfit", "{field}: found {found}, expected {expected}", context)


def _not_before(end: Moment | None, start: Moment) -> None:
    if end is not None and end.interval()[1] <= start.interval()[0]:
        raise _misfit("end", end, f"a time that is not before the beginning, {start}")


def _not_read_from_another_kind(code: str) -> None:
    if (instead := _READ_FROM_OTHER_FACTS.get(code)) is not None:
        raise _misfit("code", code, instead)


def _variable_measured(code: str) -> SheetVariable | None:
    variable = sheet_variables().get("bst" if code == TRYPTASE else code)
    if variable is not None and variable.kind != "number":
        raise _misfit("code", code, "a fact of kind finding for this variable")
    return variable
