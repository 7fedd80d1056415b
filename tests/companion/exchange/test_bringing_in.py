import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope
from PIL import Image

from mastkit.assessment.assess import sheet_values
from mastkit.assessment.from_record import read_sheet
from mastkit.companion.exchange.incoming import CannotRead, take_in, understand
from mastkit.companion.exchange.outgoing import archive, record_file
from mastkit.companion.people.access import OpenRecord, open_record
from mastkit.companion.people.models import Person
from mastkit.companion.store.facts import append
from mastkit.companion.store.pictures import keep_picture, picture
from mastkit.companion.store.reading import load
from mastkit.record.facts import FACT, Measurement
from mastkit.record.record import Record
from mastkit.record.time import Moment
from mastkit.vocabulary.variables import sheet_variables
from tests.companion.facts import entry

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent


@pytest.fixture
def opened(ada, record) -> OpenRecord:
    return open_record(ada, record.pk)


def fact(n: int, kind: str = "note", **more):
    return FACT.validate_json(json.dumps(entry(n, kind, **more)))


def afresh(opened: OpenRecord) -> OpenRecord:
    return open_record(opened.actor, opened.person.pk)


def brought_in(opened: OpenRecord, content: bytes, file: str = "file", **more) -> OpenRecord:
    incoming = understand(content, file, opened, **more)
    assert {outcome.status for outcome in take_in(incoming, opened)} <= {"accepted"}
    return afresh(opened)


def test_what_was_taken_out_comes_in_again_the_same(opened, ada) -> None:
    append(opened.person, [fact(1), fact(2, "flare"), fact(3, "retraction", replaces=1)], actor=ada)
    before = record_file(opened.person)
    other = Person.objects.create(owner=ada, name="elsewhere", zone="Europe/Berlin")
    there = brought_in(open_record(ada, other.pk), before)
    assert list(there.record) == list(load(opened.person))
    again = understand(before, "record.json", afresh(opened))
    assert (len(again.new), again.repeated, again.remarks, again.not_understood) == (0, 3, [], [])


def test_a_fact_that_was_changed_elsewhere_is_shown_and_not_taken_in(opened, ada) -> None:
    append(opened.person, [fact(1, text="first")], actor=ada)
    document = json.loads(record_file(opened.person))
    document["facts"][0]["text"] = "second"
    incoming = understand(json.dumps(document).encode(), "record.json", afresh(opened))
    assert [clash.id for clash in incoming.clashing] == [fact(1).id]
    assert incoming.new == []


def test_a_record_file_of_somebody_else_is_remarked_upon(opened) -> None:
    from mastkit.record.files import dump_record
    from mastkit.record.ids import new_id

    content = dump_record(Record(new_id(), "Asia/Tokyo").add(fact(1)))
    remarks = " ".join(understand(content, "record.json", opened).remarks)
    assert "another record" in remarks
    assert "Asia/Tokyo" in remarks


def test_photos_come_along_in_an_archive_byte_for_byte(opened, ada) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), (9, 99, 199)).save(stream, "PNG")
    kept = keep_picture(opened.person, SimpleUploadedFile("skin.png", stream.getvalue()), ada)
    append(opened.person, [fact(1, "photo", file=kept.file, sha256=kept.sha256)], actor=ada)
    with scope(person=opened.person):
        packed = archive(opened.person)
    other = Person.objects.create(owner=ada, name="elsewhere", zone="Europe/Berlin")
    there = brought_in(open_record(ada, other.pk), packed)
    assert list(there.record) == list(load(opened.person))
    here, copied = picture(opened.person, kept.sha256), picture(other, kept.sha256)
    assert here is not None
    assert copied is not None
    assert bytes(here.content) == bytes(copied.content)


def test_a_picture_that_was_swapped_in_an_archive_is_refused(opened) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("record.json", record_file(opened.person))
        packed.writestr(f"photos/{'0' * 64}.jpg", b"not that one")
        packed.writestr("../../etc/passwd", b"root")
    incoming = understand(stream.getvalue(), "all.zip", opened)
    take_in(incoming, opened)
    text = " ".join(incoming.not_understood)
    assert "was changed" in text
    assert "etc/passwd" in text
    assert picture(opened.person, "0" * 64) is None


CASES = [json.loads(line) for line in (HERE.parents[1] / "oracle/published.jsonl").read_text().splitlines()]

# What these say goes into the fact of another variable, and comes out of it only where that fact speaks.
PARTS = {"tryptase_acute_hours", "kit_d816v_tissue", "kit_d816v_method", "kit_d816v_vaf_pct", "kit_d816v_blood"}


def word(value: object) -> object:
    """A choice of yes and no is written "true" by one reader and True by the other."""
    return str(value).lower() if isinstance(value, bool) else value


@pytest.mark.parametrize("case", CASES, ids=[str(case["id"]) for case in CASES])
def test_a_published_case_says_the_same_read_from_the_facts(opened, case) -> None:
    """What a sheet says the record says afterwards, variable by variable; what it cannot say is told."""
    line = json.dumps({"id": case["id"], "sheet": case["sheet"]}).encode()
    incoming = understand(line, "case.jsonl", opened, day=Moment.on(date(2026, 3, 1), "UTC"))
    read = read_sheet(Record(opened.person.pk, "UTC").add(*incoming.new)).values
    told = " ".join(incoming.not_understood)
    for name, value in sheet_values(case["sheet"]).items():
        if value is None or name in PARTS or sheet_variables()[name].label in told:
            continue
        assert word(read.get(name)) == word(value), name
    assert len(incoming.new) > 0


def test_a_table_of_many_people_is_refused_in_a_sentence(opened) -> None:
    with pytest.raises(CannotRead, match="found 2 rows, expected one"):
        understand(b"id,bst\na,20\nb,30\n", "people.csv", opened)


GERMAN = """Datum;Untersuchung;Ergebnis;Einheit;Referenzbereich;Labor
12.03.2026;Tryptase;31,2;µg/l;0-11,4;Labor Nord
13.03.2026;Tryptase;>200;ng/ml;;
14.03.2026;Hämoglobin;13,1;g/dl;12,0 - 15,5;
15.03.2026;Zauberwert;7;;;
16.03.2026;Tryptase;hoch;ng/ml;;
17.13.2026;Tryptase;20;ng/ml;;
18.03.2026;Tryptase;20;kg;;
19.03.2026;Tryptase;1,234;ng/ml;;
;;;;;
"""


def test_laboratory_values_are_read_as_they_were_printed(opened) -> None:
    there = brought_in(opened, GERMAN.encode(), "labor.csv")
    values = [value for value in there.record if isinstance(value, Measurement)]
    assert [(v.code, str(v.quantity), v.reference_high, v.laboratory) for v in values[:2]] == [
        ("tryptase", "31.2 ug/L", 11.4, "Labor Nord"),
        ("tryptase", ">200 ng/mL", None, None),
    ]
    assert {v.context for v in values} == {"unknown"}
    assert all(v.recorded_by.source == "import" for v in values)
    assert values[0].time.precision == "day"
    assert str(values[0].time) == "2026-03-12"


def test_each_row_that_is_not_understood_is_told_with_its_line(opened) -> None:
    incoming = understand(GERMAN.encode(), "labor.csv", opened)
    told = incoming.not_understood
    assert [sentence.split(",")[1].strip() for sentence in told] == ["row 6", "row 7", "row 8", "row 9"]
    assert '"hoch"' in told[0]
    assert "1.234 or 1234" in told[3]
    assert "Zauberwert" in " ".join(incoming.remarks)


def test_the_same_table_read_twice_adds_nothing_twice(opened) -> None:
    there = brought_in(opened, GERMAN.encode(), "labor.csv")
    again = understand(GERMAN.encode(), "labor.csv", there)
    assert (len(again.new), again.repeated) == (0, len(there.record))


def test_a_day_that_can_mean_two_days_is_asked_about(opened) -> None:
    table = b"date,test,value,unit\n03/04/2026,tryptase,20,ng/mL\n13/04/2026,tryptase,20,ng/mL\n"
    incoming = understand(table, "lab.csv", opened)
    assert len(incoming.new) == 1
    assert "2026-03-04 or 2026-04-03" in incoming.not_understood[0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\1\2",
        b"%PDF-1.7",
        b"PK\x03\x04broken",
        b"hello",
        b'{"format": "mastkit-record"',
        b'{"format": "mastkit-record", "version": 99}',
        b"date,test,value\n",
        "Datum;Untersuchung;Ergebnis\n12.03.2026;Gr\xf6\xdfe;180\n".encode("cp1252"),
        b'date,test,value\n"2026-01-01,x,1\n',
    ],
)
def test_no_file_makes_more_than_a_sentence(opened, content) -> None:
    try:
        take_in(understand(content, "file", opened), opened)
    except CannotRead as error:
        sentence = str(error)
    else:
        return
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_waiting_file_is_kept_for_its_owner_alone(opened, ada, dana) -> None:
    from mastkit.companion.exchange.waiting import done, put_aside, waiting

    put_aside(opened, b"content", "file.csv")
    assert bytes(waiting(opened).content) == b"content"
    assert waiting(OpenRecord(opened.person, dana, opened.rights)) is None
    done(opened)
    assert waiting(opened) is None
