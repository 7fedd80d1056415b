"""From what is typed to the facts of the record."""

import pytest
from django.urls import reverse

from tests.companion.pages.making import stored

pytestmark = pytest.mark.django_db
WHEN = {"time_day": "2026-03-01", "time_clock": "", "time_known": "day"}


def send(client, record, slug, form, *, confirmed=True):
    return client.post(reverse("add", args=[record.pk, slug]), form | ({"confirmed": "1"} if confirmed else {}))


def test_a_value_is_echoed_before_it_is_saved(as_ada, record):
    form = {"quantity_value": "31,2", "quantity_unit": "", "context": "baseline", **WHEN}
    shown = send(as_ada, record, "tryptase", form, confirmed=False)
    assert "31.2 ng/mL" in shown.text
    assert stored(record) == []
    send(as_ada, record, "tryptase", form)
    (fact,) = stored(record)
    assert fact["quantity"]["value"] == 31.2
    assert fact["code"] == "tryptase"
    assert fact["context"] == "baseline"


def test_it_can_be_changed_after_the_echo(as_ada, record):
    form = {"quantity_value": ">200", "quantity_unit": "", **WHEN, "change_it": "1"}
    shown = send(as_ada, record, "tryptase", form, confirmed=False)
    assert 'value="&gt;200"' in shown.text
    assert stored(record) == []


def test_what_does_not_fit_is_said_beside_the_question(as_ada, record):
    shown = send(as_ada, record, "test", {"code": "Haemoglobin", "quantity_value": "1,234", **WHEN})
    assert shown.status_code == 422
    assert "1.234 or 1234" in shown.text
    shown = send(
        as_ada, record, "test", {"code": "Haemoglobin", "quantity_value": "13", "quantity_unit": "kg", **WHEN}
    )
    assert shown.status_code == 422
    assert stored(record) == []


def test_a_marrow_report_becomes_a_procedure_with_its_findings(as_ada, record):
    form = {**WHEN, "bm_aggregates_multifocal": "yes", "cd25": "false", "bm_mc_pct_biopsy_value": "<10"}
    send(as_ada, record, "marrow", form)
    procedure, *found = stored(record)
    assert procedure["code"] == "marrow_biopsy"
    assert all(fact["procedure"] == procedure["id"] for fact in found)
    said = {fact["code"]: fact.get("state") or fact["quantity"]["comparator"] for fact in found}
    assert said == {"bm_aggregates_multifocal": "present", "cd25": "absent", "bm_mc_pct_biopsy": "<"}


def test_a_report_without_an_answer_is_not_kept(as_ada, record):
    assert send(as_ada, record, "marrow", WHEN).status_code == 422
    assert stored(record) == []


def test_a_gene_test_with_its_fraction(as_ada, record):
    form = {
        **WHEN,
        "gene": "KIT",
        "change": "D816V",
        "result": "detected",
        "tissue": "blood",
        "allele_fraction": "0,3",
    }
    send(as_ada, record, "gene-test", form)
    (fact,) = stored(record)
    assert fact["allele_fraction"] == {"value": 0.3, "unit": "%"} | (
        {"comparator": None} if "comparator" in fact["allele_fraction"] else {}
    )


def test_a_gene_test_says_whether_the_change_was_acquired_or_inherited(as_ada, record):
    base = {**WHEN, "gene": "TPSAB1", "result": "detected", "tissue": "blood"}
    send(as_ada, record, "gene-test", base)
    send(as_ada, record, "gene-test", base | {"origin": "germline", "extra_copies": "1"})
    silent, inherited = stored(record)
    assert "origin" not in silent or silent["origin"] is None, "what was not said stays unknown"
    assert inherited["origin"] == "germline"
    page = as_ada.get(reverse("fact", args=[record.pk, inherited["id"]])).content.decode()
    assert "inherited (germline)" in page
    assert send(as_ada, record, "gene-test", base | {"origin": "both"}).status_code == 422


def test_a_flare_with_symptoms_own_words_and_an_end_before_its_beginning(as_ada, record):
    form = {**WHEN, "symptoms": ["flushing"], "symptoms_other": "cold nose, itchy palms", "severity": "6"}
    send(as_ada, record, "flare", form)
    (fact,) = stored(record)
    assert [one["code"] for one in fact["symptoms"]] == ["flushing", "cold nose", "itchy palms"]
    early = {"end_day": "2026-02-01", "end_clock": "", "end_known": "day"}
    assert send(as_ada, record, "flare", form | early).status_code == 422


def test_a_month_is_enough_for_what_was_long_ago(as_ada, record):
    form = {"label": "ISM", "time_day": "2019-05-17", "time_clock": "", "time_known": "month"}
    send(as_ada, record, "diagnosis", form)
    (fact,) = stored(record)
    assert fact["time"]["precision"] == "month"


def test_a_check_in_keeps_what_was_asked_and_makes_the_exposures(as_ada, record):
    as_ada.post(reverse("checkin", args=[record.pk]), {"there": ["flushing", "heat"], "when_heat": "morning"})
    check_in, exposure = stored(record)
    assert {one["code"] for one in check_in["ticked"]} == {"flushing", "heat"}
    assert "alcohol" in check_in["asked"]
    assert check_in["time"]["precision"] == "day"
    assert (exposure["kind"], exposure["code"]) == ("exposure", "heat")
    assert exposure["time"]["precision"] == "minute"


def test_settings_are_kept(as_ada, record):
    address = reverse("settings", args=[record.pk])
    form = {"theme": "dark", "language": "de", "low_energy": "on", "zone": "Asia/Tokyo", "tryptase": "ug/L"}
    assert as_ada.post(address, form).status_code == 302
    shown = as_ada.get(address).text
    assert 'data-theme="dark"' in shown
    assert 'data-energy="low"' in shown
    assert 'lang="de"' in shown
    assert as_ada.post(address, form | {"zone": "Mars/Olympus"}).status_code == 422


def test_a_file_is_previewed_and_then_taken_in(as_ada, record):
    from django.core.files.uploadedfile import SimpleUploadedFile

    table = b"date,test,value,unit\n2026-01-05,Tryptase,31.2,ng/mL\n2026-02-05,Tryptase,what,ng/mL\n"
    upload = SimpleUploadedFile("values.csv", table)
    shown = as_ada.post(reverse("data", args=[record.pk]), {"file": upload}, follow=True)
    assert "1 new entry" in shown.text
    assert "Not understood: 1 thing" in shown.text
    assert stored(record) == []
    as_ada.post(reverse("import_preview", args=[record.pk]), {"yes": "1", "day": ""})
    assert [fact["kind"] for fact in stored(record)] == ["measurement"]
