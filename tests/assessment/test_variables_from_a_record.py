"""Which of many values in a record speaks: baseline, marrow, KIT, age."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mastkit.assessment import assess_record, read_sheet
from mastkit.record.facts import AnyFact
from mastkit.record.record import Record
from tests.record.people import ADA, fact, number

ZONE = "Europe/Berlin"


def day(text: str) -> dict[str, Any]:
    return {"at": datetime.fromisoformat(text).replace(tzinfo=UTC), "zone": ZONE, "precision": "day"}


def minute(text: str) -> dict[str, Any]:
    return {"at": datetime.fromisoformat(text).replace(tzinfo=UTC), "zone": ZONE, "precision": "minute"}


def record(*facts: AnyFact) -> Record:
    return Record(ADA, ZONE).add(*facts)


def tryptase(n: int, value: float, when: str, **more: Any) -> AnyFact:
    quantity = {"value": value, "unit": "ng/mL"} | more.pop("quantity", {})
    return fact(n, "measurement", code="tryptase", quantity=quantity, time=minute(when), **more)


def kit(n: int, when: str, result: str, **more: Any) -> AnyFact:
    return fact(n, "variant", gene="KIT", change="D816V", result=result, time=day(when), **more)


def number_of(sheet: Any, name: str) -> tuple[float, float]:
    value = sheet.values[name]
    return value.low, value.high


class TestTryptase:
    def test_the_latest_baseline_speaks(self):
        sheet = read_sheet(
            record(
                tryptase(1, 31, "2025-03-01T09:00", context="baseline"),
                tryptase(2, 28, "2026-01-01T09:00", context="baseline"),
                tryptase(3, 90, "2026-02-01T09:00", context="event", hours_after_onset=1.5),
            )
        )
        assert number_of(sheet, "bst") == (28, 28)
        assert number_of(sheet, "tryptase_acute") == (90, 90)
        assert sheet.values["tryptase_acute_hours"] == 1.5

    @pytest.mark.parametrize(("hours", "counts"), [(23.9, False), (24.0, True), (24.1, True)])
    def test_a_baseline_needs_a_day_without_symptoms(self, hours, counts):
        sheet = read_sheet(
            record(tryptase(1, 31, "2025-03-01T09:00", context="baseline", hours_since_full_resolution=hours))
        )
        assert ("bst" in sheet.values) is counts
        assert ("tryptase_untimed" in sheet.values) is not counts
        assert bool(sheet.remarks) is not counts

    def test_a_value_of_unknown_context_serves_as_neither(self):
        sheet = read_sheet(record(tryptase(1, 31, "2025-03-01T09:00")))
        assert number_of(sheet, "tryptase_untimed") == (31, 31)
        assert "bst" not in sheet.values

    def test_the_hours_of_an_earlier_event_do_not_stay_with_a_later_one(self):
        sheet = read_sheet(
            record(
                tryptase(1, 50, "2026-01-01T09:00", context="event", hours_after_onset=1.0),
                tryptase(2, 70, "2026-02-01T09:00", context="event"),
            )
        )
        assert number_of(sheet, "tryptase_acute") == (70, 70)
        assert "tryptase_acute_hours" not in sheet.values

    def test_a_censored_value_stays_censored(self):
        sheet = read_sheet(
            record(tryptase(1, 200, "2026-01-01T09:00", context="baseline", quantity={"comparator": ">"}))
        )
        low, high = number_of(sheet, "bst")
        assert low > 200
        assert high == float("inf")


class TestMarrow:
    def examination(self, n: int, when: str, adequate: bool, **findings: str) -> list[AnyFact]:
        first = fact(n, "procedure", code="marrow_biopsy", adequate=adequate, time=day(when))
        more = [
            fact(n + i, "finding", code=code, state=state, procedure=number(n), time=day(when))
            for i, (code, state) in enumerate(findings.items(), start=1)
        ]
        return [first, *more]

    def test_the_latest_adequate_one_speaks(self):
        sheet = read_sheet(
            record(
                *self.examination(10, "2024-01-01", True, bm_aggregates_multifocal="present"),
                *self.examination(20, "2025-01-01", False, bm_aggregates_multifocal="absent"),
            )
        )
        assert sheet.values["bm_aggregates_multifocal"] is True
        assert sheet.values["bm_biopsy_adequate"] is True
        assert any("said otherwise" in remark for remark in sheet.remarks)

    def test_what_it_leaves_open_comes_from_the_one_before(self):
        sheet = read_sheet(
            record(
                *self.examination(10, "2024-01-01", True, bm_hypercellular="present"),
                *self.examination(20, "2025-01-01", True, bm_aggregates_multifocal="absent"),
            )
        )
        assert sheet.values["bm_hypercellular"] is True
        assert sheet.values["bm_aggregates_multifocal"] is False
        assert "2025-01-01" in sheet.facts_of["bm_aggregates_multifocal"]

    def test_an_open_finding_says_nothing(self):
        sheet = read_sheet(record(*self.examination(10, "2024-01-01", True, bm_aggregates_multifocal="unknown")))
        assert "bm_aggregates_multifocal" not in sheet.values
        assert sheet.values["bm_biopsy_done"] is True


class TestKit:
    def test_a_mutation_once_found_counts_though_a_later_test_is_negative(self):
        sheet = read_sheet(
            record(
                kit(1, "2024-01-01", "detected", tissue="marrow", assay="ddpcr"),
                kit(2, "2026-01-01", "not_detected", tissue="marrow", assay="ddpcr"),
            )
        )
        assert sheet.values["kit_d816v"] == "true"
        assert sheet.values["kit_d816v_tissue"] == "marrow"

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"assay": "ddpcr"}, "false"),
            ({"assay": "ngs"}, "negative-insensitive"),
            ({"assay": "sanger"}, "negative-insensitive"),
            ({"assay": "ddpcr", "detection_limit": {"value": 0.1, "unit": "%"}}, "false"),
            ({"assay": "ddpcr", "detection_limit": {"value": 0.11, "unit": "%"}}, "negative-insensitive"),
            ({}, "false"),
        ],
    )
    def test_an_insensitive_negative_is_no_negative(self, more, said):
        sheet = read_sheet(record(kit(1, "2024-01-01", "not_detected", tissue="marrow", **more)))
        assert sheet.values["kit_d816v"] == said

    def test_marrow_speaks_before_blood_and_blood_stands_beside_it(self):
        sheet = read_sheet(
            record(
                kit(1, "2024-01-01", "not_detected", tissue="marrow", assay="aso-qpcr"),
                kit(2, "2025-01-01", "not_detected", tissue="blood", assay="ddpcr"),
            )
        )
        assert sheet.values["kit_d816v_tissue"] == "marrow"
        assert sheet.values["kit_d816v_blood"] is False

    def test_the_higher_of_the_latest_fractions_counts(self):
        def fraction(value: float) -> dict[str, Any]:
            return {"value": value, "unit": "%"}

        sheet = read_sheet(
            record(
                kit(1, "2023-01-01", "detected", tissue="marrow", allele_fraction=fraction(30)),
                kit(2, "2024-01-01", "detected", tissue="marrow", allele_fraction=fraction(4)),
                kit(3, "2025-01-01", "detected", tissue="blood", allele_fraction=fraction(9)),
            )
        )
        assert number_of(sheet, "kit_d816v_vaf_pct") == (9, 9)

    @pytest.mark.parametrize(
        ("regions", "wide"),
        [("exons 8-11, 13 and 17", True), ("all exons", True), ("exon 17", False), (None, False)],
    )
    def test_wide_sequencing(self, regions, wide):
        test = fact(1, "variant", gene="KIT", result="not_detected", time=day("2024-01-01"), regions=regions)
        assert ("kit_wide_sequencing_negative" in read_sheet(record(test)).values) is wide

    def test_copies_and_fusions(self):
        sheet = read_sheet(
            record(
                fact(1, "variant", gene="TPSAB1", result="detected", extra_copies=1, time=day("2024-01-01")),
                fact(2, "variant", gene="FIP1L1::PDGFRA", result="detected", time=day("2024-01-01")),
            )
        )
        assert sheet.values["tpsab1_extra_copies"] == 1
        assert sheet.values["tk_fusion"] == "pdgfra"


class TestPerson:
    @pytest.mark.parametrize(
        ("born", "precision", "on", "age"),
        [
            (date(2008, 3, 2), "day", date(2026, 3, 1), (17, 17)),
            (date(2008, 3, 1), "day", date(2026, 3, 1), (18, 18)),
            (date(2008, 1, 1), "year", date(2026, 3, 1), (17, 18)),
            (date(2008, 3, 1), "month", date(2026, 3, 10), (17, 18)),
            (date(2008, 2, 1), "month", date(2026, 3, 1), (18, 18)),
        ],
    )
    def test_age_on_a_day(self, born, precision, on, age):
        born_fact = fact(1, "birth_date", born=born, precision=precision)
        assert number_of(read_sheet(record(born_fact), on=on), "age") == age

    def test_facts_after_the_day_are_passed_over(self):
        facts = [tryptase(1, 15, "2025-01-01T09:00", context="baseline")]
        facts.append(tryptase(2, 45, "2026-01-01T09:00", context="baseline"))
        assert number_of(read_sheet(record(*facts), on=date(2025, 6, 1)), "bst") == (15, 15)

    def test_order_of_entry_makes_no_difference(self):
        facts = [
            tryptase(1, 15, "2025-01-01T09:00", context="baseline"),
            tryptase(2, 45, "2026-01-01T09:00", context="baseline"),
            kit(3, "2024-01-01", "detected", tissue="marrow"),
            kit(4, "2025-01-01", "not_detected", tissue="blood", assay="ddpcr"),
        ]
        assert read_sheet(record(*facts)).values == read_sheet(record(*reversed(facts))).values

    def test_a_retracted_value_is_gone(self):
        wrong = tryptase(1, 450, "2026-01-01T09:00", context="baseline")
        gone = fact(2, "retraction", replaces=1)
        assert "bst" not in read_sheet(record(wrong, gone)).values

    def test_an_empty_record_is_undecided(self):
        answer = assess_record(record())
        assert all(a.systemic is None and len(a.possible) > 5 for a in answer.answers)


def test_grounds_name_the_fact():
    answer = assess_record(record(tryptase(1, 31, "2025-03-01T09:00", context="baseline")))
    assert answer.facts_of["bst"].startswith("measurement of 2025-03-01 10:00")


def test_moment_of_equal_time_is_broken_by_entry():
    first = tryptase(1, 15, "2025-01-01T09:00", context="baseline")
    second = tryptase(2, 16, "2025-01-01T09:00", context="baseline")
    assert second.recorded_at - first.recorded_at == timedelta(minutes=1)
    assert number_of(read_sheet(record(second, first)), "bst") == (16, 16)
