"""What each form asks: the table from which all forms are made."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise
Widget = Literal[
    "moment", "day", "text", "long", "lines", "choice", "yesno", "pick", "quantity", "percent", "degree", "many",
    "symptoms", "number", "whole", "photo", "score",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a form asks; its name is that of the field of the fact."""

    name: str
    label: Text
    widget: Widget = "text"
    help: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    terms: tuple[str, ...] = ()
    """The kinds of term that are offered; own words are always taken."""
    unit: str = ""
    """The unit that is meant where none is typed."""
    required: bool = False
    more: bool = False
    """Whether it is asked behind "More details"."""


@dataclass(frozen=True, slots=True)
class FactForm:
    """A form: what it is called, the kind of fact it makes, and what it asks."""

    slug: str
    title: Text
    icon: str
    kind: str
    asks: tuple[Ask, ...]
    intro: Text = ""
    fixed: tuple[tuple[str, Any], ...] = ()
    """Fields that are the same in every fact of this form."""
    confirm: bool = False
    """Whether what was understood is shown before it is saved: everything with a number and a unit."""
    group: str = ""


def when(label: Text = "", **more: Any) -> Ask:
    """Ask for the time of a fact."""
    return Ask("time", label or _("When?"), "moment", required=True, **more)


NOTE = Ask("note", _("Anything else?"), "long", more=True)
END = Ask("end", _("When was it over?"), "moment", help=_("Leave it empty while it goes on."))

_FLARE = FactForm(
    "flare", _("Flare"), "flare", "flare",
    (
        when(_("When did it begin?")),
        Ask("severity", _("How bad was it?"), "degree"),
        Ask("symptoms", _("What did you feel?"), "symptoms"),
        END,
        Ask("suspected", _("What may have set it off?"), "many", terms=("trigger",), more=True),
        Ask("anaphylaxis", _("Was it judged to be anaphylaxis?"), "yesno", more=True,
            help=_("A severe allergic reaction of the whole body, as a clinician judged it.")),
        NOTE,
    ),
    _("Only the time is needed."), group="diary",
)  # fmt: skip

_EXPOSURE = FactForm(
    "exposure", _("Exposure"), "exposure", "exposure",
    (
        Ask("code", _("What was it?"), "pick", terms=("trigger",), required=True),
        when(),
        Ask("symptoms_already_there", _("Were symptoms already there when it began?"), "yesno",
            help=_("If so, it cannot have set them off.")),
        Ask("amount_text", _("How much?"), help=_("In words, such as: one glass, 20 minutes.")),
        Ask("end", _("When was it over?"), "moment", more=True),
        NOTE,
    ),
    _("Log it whether or not anything followed."), group="diary",
)  # fmt: skip

_DOSE = FactForm(
    "dose", _("Medicine taken"), "dose", "dose",
    (
        Ask("medicine", _("Which medicine?"), "pick", terms=("medicine",), required=True),
        when(),
        Ask("amount_text", _("How much?"), help=_("In words, such as: one tablet.")),
        Ask("status", _("Taken?"), "choice", more=True,
            choices=(("taken", _("taken")), ("skipped", _("left out")))),
        NOTE,
    ),
    group="diary",
)  # fmt: skip

_NOTE = FactForm(
    "note", _("Note"), "note", "note",
    (Ask("text", _("What do you want to keep?"), "long", required=True), when()), group="diary",
)  # fmt: skip

_PHOTO = FactForm(
    "photo", _("Photo"), "photo", "photo",
    (
        Ask("picture", _("The picture"), "photo", required=True,
            help=_("Same pose, same light, a coin beside it: so that pictures can be compared.")),
        when(_("When was it taken?")),
        Ask("site", _("Where on the body?")),
        NOTE,
    ),
    _("Pictures are kept encrypted. Place and camera data are taken out."), group="diary",
)  # fmt: skip

_COURSE = FactForm(
    "medicine", _("Medicine on my list"), "dose", "medicine_course",
    (
        Ask("medicine", _("Which medicine?"), "pick", terms=("medicine",), required=True),
        when(_("Since when?")),
        Ask("schedule", _("How is it taken?"), help=_("As prescribed, such as: one tablet in the evening.")),
        Ask("as_needed", _("Only when needed?"), "yesno"),
        Ask("reason", _("What for?")),
        Ask("end", _("Stopped when?"), "moment", more=True),
        Ask("stopped_because", _("Why was it stopped?"), more=True),
        Ask("response", _("What did it do?"), "choice", more=True,
            choices=(("better", _("better")), ("same", _("no difference")), ("worse", _("worse")))),
        NOTE,
    ),
    group="medicines",
)  # fmt: skip

_PEN = FactForm(
    "injector", _("Adrenaline pen"), "injector", "device",
    (
        Ask("name", _("Name and strength"), help=_("As on the pen.")),
        Ask("place", _("Where is it kept?")),
        Ask("expires", _("When does it expire?"), "moment"),
        Ask("practised", _("When did you last practise?"), "moment", more=True),
        Ask("lot", _("Lot number"), more=True),
        Ask("gone", _("No longer there?"), "choice", more=True,
            choices=(("used", _("used")), ("discarded", _("thrown away")), ("lost", _("lost")))),
        NOTE,
    ),
    fixed=(("code", "adrenaline_auto_injector"),), group="medicines",
)  # fmt: skip

_DEVICE = FactForm(
    "device", _("Other device"), "injector", "device",
    (
        Ask("code", _("What is it?"), "pick", terms=("device",), required=True),
        Ask("name", _("Name")), Ask("place", _("Where is it kept?")),
        Ask("expires", _("When does it expire?"), "moment"),
        Ask("gone", _("No longer there?"), "choice", more=True,
            choices=(("used", _("used")), ("discarded", _("thrown away")), ("lost", _("lost")))),
        NOTE,
    ),
    group="medicines",
)  # fmt: skip

_LABORATORY = (
    Ask("reference_low", _("Lower limit of the laboratory"), "number", more=True),
    Ask("reference_high", _("Upper limit of the laboratory"), "number", more=True),
    Ask("laboratory", _("Laboratory"), more=True),
    Ask("method", _("Method"), more=True),
    NOTE,
)

_TRYPTASE = FactForm(
    "tryptase", _("Tryptase"), "tests", "measurement",
    (
        Ask("quantity", _("Value"), "quantity", unit="ng/mL", required=True,
            help=_("As the laboratory printed it: 31.2 or 31,2 or >200.")),
        when(_("When was the blood drawn?"), help=_("The hour matters for samples after a flare.")),
        Ask("context", _("How were you then?"), "choice",
            choices=(("baseline", _("well: no symptoms")), ("event", _("during or soon after a flare")),
                     ("unknown", _("I do not know")))),
        Ask("hours_after_onset", _("Hours from the beginning of the flare to the sample"), "number"),
        Ask("hours_since_full_resolution", _("Hours since the last symptom was gone"), "number", more=True),
        *_LABORATORY,
    ),
    fixed=(("code", "tryptase"),), confirm=True, group="tests",
)  # fmt: skip

_LAB = FactForm(
    "test", _("Laboratory value"), "tests", "measurement",
    (
        Ask("code", _("Which test?"), "pick", terms=("value",), required=True),
        Ask("quantity", _("Value"), "quantity", required=True,
            help=_("As the laboratory printed it, with its unit: 7,4 or 7.4 or <0.3.")),
        when(_("When was the sample taken?")),
        Ask("context", _("How were you then?"), "choice", more=True,
            choices=(("baseline", _("well")), ("event", _("in or after a flare")),
                     ("unknown", _("I do not know")))),
        Ask("specimen", _("Measured in"), help=_("Such as serum or 24-hour urine."), more=True),
        *_LABORATORY,
    ),
    confirm=True, group="tests",
)  # fmt: skip

_BODY = FactForm(
    "body", _("Weight or height"), "body", "measurement",
    (
        Ask("code", _("Which?"), "choice", required=True,
            choices=(("weight", _("weight")), ("height", _("height")))),
        Ask("quantity", _("Value"), "quantity", required=True, help=_("In kg or cm; or write the unit.")),
        when(), NOTE,
    ),
    confirm=True, group="tests",
)  # fmt: skip

_DXA = FactForm(
    "bone-density", _("Bone density (DXA)"), "bone", "measurement",
    (
        Ask("code", _("Where, and which score?"), "pick", terms=("dxa",), required=True,
            help=_("The T-score compares with young adults, the Z-score with people of your age.")),
        Ask("quantity", _("Value"), "score", unit="1", required=True, help=_("Such as -1.8.")),
        when(_("When was the scan?")),
        Ask("method", _("Machine"), help=_("Values of different machines do not compare well."), more=True),
        NOTE,
    ),
    confirm=True, group="tests",
)  # fmt: skip

_VARIANT = FactForm(
    "gene-test", _("Gene test"), "gene", "variant",
    (
        Ask("gene", _("Gene"), "choice", required=True,
            choices=(("KIT", "KIT"), ("TPSAB1", "TPSAB1"), ("SRSF2", "SRSF2"), ("ASXL1", "ASXL1"),
                     ("RUNX1", "RUNX1"),
                     ("NRAS", "NRAS"), ("JAK2", "JAK2"), ("TET2", "TET2"), ("DNMT3A", "DNMT3A"))),
        Ask("change", _("Change looked for or found"), help=_("Such as D816V.")),
        Ask("result", _("Result"), "choice", required=True,
            choices=(("detected", _("found")), ("not_detected", _("not found")), ("equivocal", _("not clear")))),
        when(_("When was the sample taken?")),
        Ask("tissue", _("Sample"), "choice",
            choices=(("blood", _("blood")), ("marrow", _("bone marrow")), ("skin", _("skin")),
                     ("extracutaneous", _("another organ")), ("saliva", _("saliva")), ("other", _("other")))),
        Ask("assay", _("Kind of test"), "choice",
            choices=(("ddpcr", _("digital PCR (ddPCR)")), ("aso-qpcr", _("ASO-qPCR")), ("ngs", _("NGS")),
                     ("sanger", _("Sanger sequencing")), ("other", _("other")))),
        Ask("origin", _("Acquired or inherited?"), "choice",
            help=_("As the report says. What is inherited is in every cell and may run in the family."),
            choices=(("somatic", _("acquired (somatic)")), ("germline", _("inherited (germline)")))),
        Ask("allele_fraction", _("Share of copies with the change, in %"), "percent"),
        Ask("detection_limit", _("Lowest share the test can see, in %"), "percent", more=True),
        Ask("extra_copies", _("Extra copies of the gene (TPSAB1)"), "whole", more=True),
        Ask("laboratory", _("Laboratory"), more=True),
        NOTE,
    ),
    confirm=True, group="findings",
)  # fmt: skip

_DIAGNOSIS = FactForm(
    "diagnosis", _("Diagnosis"), "condition", "diagnosis",
    (
        Ask("label", _("The diagnosis, in the words of the report"), required=True),
        when(_("When was it made?")),
        Ask("status", _("How was it stated?"), "choice",
            choices=(("confirmed", _("confirmed")), ("suspected", _("suspected")), ("ruled_out", _("ruled out")),
                     ("past", _("no longer there")))),
        Ask("stated_by", _("Who stated it?")),
        Ask("system", _("Classification used"), "choice", more=True,
            choices=(("who-2022", "WHO 2022"), ("icc-2022", "ICC 2022"), ("who-2016", "WHO 2016"))),
        Ask("code", _("Code, if there is one"), more=True),
        NOTE,
    ),
    group="findings",
)  # fmt: skip

_PROCEDURE = FactForm(
    "procedure", _("Procedure or operation"), "scope", "procedure",
    (
        Ask("code", _("What was done?"), "pick", terms=("procedure", "biopsy", "imaging"), required=True),
        when(), Ask("site", _("Where on the body?")), Ask("by", _("Who did it?")),
        Ask("report", _("The report, in its own words"), "long", more=True), NOTE,
    ),
    group="findings",
)  # fmt: skip

_APPOINTMENT = FactForm(
    "appointment", _("Appointment"), "calendar", "appointment",
    (
        when(), Ask("with_whom", _("With whom?")), Ask("speciality", _("Speciality")), Ask("place", _("Where?")),
        Ask("purpose", _("What for?")),
        Ask("status", _("Status"), "choice", more=True,
            choices=(("planned", _("planned")), ("kept", _("kept")), ("cancelled", _("cancelled")))),
        NOTE,
    ),
    group="care",
)  # fmt: skip

_QUESTION = FactForm(
    "question", _("Question to ask"), "question", "question",
    (
        Ask("text", _("Your question"), "long", required=True),
        Ask("rank", _("Order"), "whole", help=_("1 is asked first.")),
        Ask("answer", _("The answer you got"), "long", more=True), NOTE,
    ),
    group="care",
)  # fmt: skip

_CONTACT = FactForm(
    "contact", _("Contact"), "contact", "contact",
    (
        Ask("name", _("Name"), required=True),
        Ask("role", _("Who is it to you?"), help=_("Such as allergist, family doctor, sister.")),
        Ask("phone", _("Telephone")), Ask("emergency", _("Call in an emergency?"), "yesno"),
        Ask("email", _("E-mail"), more=True), Ask("address", _("Address"), "long", more=True), NOTE,
    ),
    group="care",
)  # fmt: skip

_PLAN = FactForm(
    "plan", _("Emergency plan"), "emergency", "emergency_plan",
    (
        Ask("steps", _("The steps, one a line, as your clinician wrote them"), "lines", required=True),
        Ask("written_by", _("Who wrote it?")),
        when(pgettext_lazy("of an emergency plan", "When was it written?")),
        Ask("emergency_number", _("Number to call"), help=_("Such as 112.")),
        Ask("second_dose_after_minutes", _("Minutes to a second dose of adrenaline, if the plan names them"),
            "number", more=True),
        NOTE,
    ),
    _("Copy it word for word. The program adds nothing of its own."), group="care",
)  # fmt: skip

_SEX = FactForm(
    "sex", _("Sex"), "body", "sex",
    (Ask("sex", _("Sex"), "choice", choices=(("female", _("female")), ("male", _("male"))), required=True,
         help=_("Rules and reference limits differ by it.")),),
    group="about",
)  # fmt: skip

_BIRTH = FactForm(
    "birth-date", _("Date of birth"), "body", "birth_date",
    (Ask("born", _("Date of birth"), "day", required=True),), group="about",
)  # fmt: skip

_QUESTIONNAIRE = FactForm(
    "questionnaire", _("Questionnaire score"), "record", "questionnaire_answer",
    (
        Ask("questionnaire", _("Which questionnaire?"), "pick", terms=("questionnaire",), required=True),
        when(), Ask("score", _("Score"), "number"), Ask("version", _("Version"), more=True),
        Ask("language", _("Language"), more=True, help=_("Such as en or de.")), NOTE,
    ),
    group="findings",
)  # fmt: skip

GROUPS: tuple[tuple[str, Text], ...] = (
    ("diary", _("Diary")),
    ("medicines", _("Medicines and pens")),
    ("tests", _("Test results")),
    ("reports", _("Reports, item by item")),
    ("findings", _("Diagnosis and genes")),
    ("care", _("Care")),
    ("about", _("About you")),
)

_FORMS = (
    _FLARE, _EXPOSURE, _DOSE, _PHOTO, _NOTE, _COURSE, _PEN, _DEVICE, _TRYPTASE, _LAB, _BODY, _DXA, _VARIANT,
    _DIAGNOSIS,
    _PROCEDURE, _QUESTIONNAIRE, _APPOINTMENT, _QUESTION, _CONTACT, _PLAN, _SEX, _BIRTH,
)  # fmt: skip


@cache
def fact_forms() -> dict[str, FactForm]:
    """Return the forms by slug, those of reports included."""
    from mastkit.companion.pages.forms.reports import report_forms

    return {form.slug: form for form in (*_FORMS, *report_forms())}


def in_groups() -> list[tuple[Text, list[FactForm]]]:
    """Return the forms as the page "Add" lists them."""
    forms = fact_forms().values()
    return [(title, [form for form in forms if form.group == group]) for group, title in GROUPS]


def asked_of(forms: Iterable[FactForm]) -> set[str]:
    """Return the kinds of fact that the forms can make."""
    return {form.kind for form in forms}
