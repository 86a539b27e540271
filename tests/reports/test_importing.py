"""Importing a plan file creates or updates a year, as a whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from measures.models import (
    Agency,
    ChainLink,
    Evidence,
    Measure,
    MeasureGroup,
    Outcome,
    Person,
    Plan,
    QuarterlyResult,
    Unit,
)
from reports.actions.importing import Imported, import_plan
from reports.choices import Stage
from reports.importing.places import FileRefused
from reports.importing.reading import read_plan_file
from reports.models import Report, Revision
from tests.reports.plan_files import Data, bare, demonstration, encoded, measure, small

NOW = datetime(2024, 12, 27, 2, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def imported(data: Data, agency: str | None = None) -> Imported:
    return import_plan(file=read_plan_file(encoded(data)), at=NOW, agency=agency)


def refused(data: Data) -> list[str]:
    """Why a file is refused."""
    with pytest.raises(FileRefused) as error:
        imported(data)
    return [str(problem) for problem in error.value.problems]


def titles() -> list[str]:
    return [measure.title for measure in Measure.objects.in_order()]


def reported(data: Data, *titles: str) -> Data:
    """Give these measures a result in the first quarter."""
    for group in data["table"]["groups"]:
        for one in group["measures"]:
            if one["title_th"] in titles:
                one["quarters"] = [{"number": 1, "results_th": ["ดำเนินการแล้ว"]}]
    return data


# --- a new year -------------------------------------------------------------------------------------------------


def test_a_new_agency_is_created_with_its_year() -> None:
    plan = imported(bare()).plan
    assert (plan.agency.slug, plan.fiscal_year, plan.measures.count()) == ("tuayang", 2567, 7)


def test_the_option_names_the_agency() -> None:
    assert imported(bare(), "uen").plan.agency.slug == "uen"


def test_a_new_agency_needs_a_slug() -> None:
    data = bare()
    del data["agency"]["slug"]
    assert refused(data) == ["agency.slug: ขาดช่องนี้ กรุณาเพิ่มในไฟล์ หรือระบุ --agency ในคำสั่ง"]


def test_a_year_has_its_quarters() -> None:
    periods = imported(bare()).plan.periods.values_list("name", "starts", "ends")
    assert [f"{name} {starts} {ends}" for name, starts, ends in periods] == [
        "ไตรมาส 1 2023-10-01 2023-12-31",
        "ไตรมาส 2 2024-01-01 2024-03-31",
        "ไตรมาส 3 2024-04-01 2024-06-30",
        "ไตรมาส 4 2024-07-01 2024-09-30",
    ]


def test_units_stand_below_their_divisions() -> None:
    imported(bare())
    assert set(Unit.objects.values_list("name", "parent__name")) == {
        ("กองคลัง", None),
        ("กองยุทธศาสตร์และงบประมาณ", None),
        ("กอง/ฝ่ายที่รับผิดชอบในการเบิกจ่ายพัสดุ/ครุภัณฑ์ภายในหน่วยงานตนเอง", None),
        ("งานพัสดุและทรัพย์สิน", "กองคลัง"),
        ("งานการเงินและบัญชี", "กองคลัง"),
        ("งานนิติการ", "กองยุทธศาสตร์และงบประมาณ"),
        ("งานประชาสัมพันธ์", "กองยุทธศาสตร์และงบประมาณ"),
    }


def test_printed_numbers_are_what_the_author_typed() -> None:
    imported(bare())
    assert list(MeasureGroup.objects.values_list("number", flat=True)) == ["๒", "๓", "๔", "๔", "๕", "๖"]


def test_keys_are_the_next_free_numbers() -> None:
    imported(bare())
    assert list(Measure.objects.in_order().values_list("key", flat=True)) == [f"m{n}" for n in range(1, 8)]


def test_the_chain_is_the_reports_and_the_agencys_first() -> None:
    imported(bare())
    assert list(ChainLink.objects.values_list("position__title", "words")) == list(
        Report.objects.get().signers.values_list("position__title", "words")
    )


def test_an_agency_keeps_the_chain_it_has() -> None:
    imported(bare())
    data = bare()
    data["memorandum"]["chain"] = data["memorandum"]["chain"][:2]
    imported(data)
    assert (ChainLink.objects.count(), Report.objects.get().signers.count()) == (6, 2)


def test_results_become_the_outcome() -> None:
    imported(bare())
    outcome = Outcome.objects.get(measure__key="m7")
    assert [bullet.marker for bullet in outcome.bullets] == ["๑.", "๒.", "๓."]


def test_what_may_be_empty_may_be_empty() -> None:
    data = small("มาตรการ")
    data["table"]["groups"].append({"title_th": "หมวดที่ยังไม่มีมาตรการ", "measures": []})
    imported(data)
    assert [(group.title, group.measures.count()) for group in MeasureGroup.objects.all()] == [
        ("", 1),
        ("หมวดที่ยังไม่มีมาตรการ", 0),
    ]


def test_a_file_without_memorandum_starts_no_report() -> None:
    imported(small())
    assert not Report.objects.exists()


def test_quarters_are_accepted_results_with_public_addresses() -> None:
    imported(demonstration())
    assert (
        QuarterlyResult.objects.filter(state="accepted").count(),
        Evidence.objects.filter(is_public=True).count(),
        Evidence.objects.filter(is_public=False).count(),
    ) == (28, 28, 2)


def test_a_closed_account_stands_for_those_who_reported() -> None:
    imported(demonstration())
    assert list(Person.objects.values_list("username", "is_active")) == [("import.tuayang", False)]


def test_two_towns_may_have_the_same_name() -> None:
    imported(bare())
    imported(bare(), "uen")
    assert set(Agency.objects.values_list("slug", "name")) == {
        ("tuayang", "เทศบาลตำบลตัวอย่าง"),
        ("uen", "เทศบาลตำบลตัวอย่าง"),
    }


# --- again ------------------------------------------------------------------------------------------------------


def test_the_same_file_again_writes_nothing() -> None:
    imported(demonstration())
    again = imported(demonstration())
    assert (again.is_changed, Event.objects.filter(act="plan.imported").count()) == (False, 1)


def test_a_measure_is_matched_by_key() -> None:
    first = small("เดิม")
    first["table"]["groups"][0]["measures"][0]["key"] = "a"
    imported(first)
    row = Measure.objects.get()
    first["table"]["groups"][0]["measures"][0]["title_th"] = "ใหม่"
    imported(first)
    row.refresh_from_db()
    assert (row.title, row.version) == ("ใหม่", 2)


def test_without_keys_a_measure_that_moved_keeps_its_row() -> None:
    imported(small("ก", "ข", "ค"))
    before = {m.title: m.pk for m in Measure.objects.all()}
    imported(small("ค", "ก", "ข"))
    assert (titles(), {m.title: m.pk for m in Measure.objects.all()}) == (["ค", "ก", "ข"], before)


def test_two_measures_of_the_same_title_are_told_apart_by_their_place() -> None:
    imported(small("ก", "ก"))
    before = [m.pk for m in Measure.objects.in_order()]
    imported(small("ก", "ก", "ข"))
    assert [m.pk for m in Measure.objects.in_order()][:2] == before


def test_a_measure_moves_to_another_group() -> None:
    imported(reported(small("ก", "ข"), "ข"))
    data = small("ก")
    data["table"]["groups"].append({"title_th": "ใหม่", "measures": [measure("ข")]})
    imported(data)
    assert Measure.objects.get(results__isnull=False).group.title == "ใหม่"


def test_a_measure_that_vanished_is_removed() -> None:
    imported(small("ก", "ข"))
    imported(small("ข"))
    assert titles() == ["ข"]


def test_a_measure_with_results_does_not_vanish() -> None:
    imported(reported(small("ก", "ข"), "ก"))
    assert refused(small("ข")) == [
        'table.groups: ไม่มีมาตรการ "ก" (key m1) ในไฟล์ แต่มาตรการนี้มีผลการดำเนินการรายไตรมาสแล้ว จึงลบไม่ได้ '
        "กรุณาเพิ่มมาตรการนี้ในไฟล์"
    ]


def test_a_group_with_results_does_not_vanish() -> None:
    data = reported(bare(), "การควบคุมดูแลการเบิกจ่ายใบเสร็จรับเงิน")
    imported(data)
    del data["table"]["groups"][1]
    assert [problem.split(":")[0] for problem in refused(data)] == ["table.groups"]


def test_a_refused_file_changes_nothing() -> None:
    imported(reported(small("ก", "ข"), "ก"))
    changed = small("ข")
    changed["agency"]["phone"] = "0 0000 0000"
    refused(changed)
    assert (titles(), Agency.objects.get().phone) == (["ก", "ข"], "")


def test_a_quarter_that_the_file_leaves_out_stays() -> None:
    imported(reported(small("ก"), "ก"))
    imported(small("ก"))
    assert QuarterlyResult.objects.count() == 1


def test_a_period_with_results_does_not_vanish() -> None:
    data = reported(small("ก"), "ก")
    imported(data)
    data["periods"] = [
        {
            "number": 2,
            "name_th": "รอบ 12 เดือน",
            "starts": "2024-10-01",
            "ends": "2025-09-30",
            "opens": "2025-09-01",
            "closes": "2025-10-31",
        }
    ]
    assert [problem.split(":")[0] for problem in refused(data)] == ["periods"]


def test_a_result_belongs_to_a_period_of_the_plan() -> None:
    data = reported(small("ก"), "ก")
    data["table"]["groups"][0]["measures"][0]["quarters"][0]["number"] = 5
    path = "table.groups[0].measures[0].quarters[0].number"
    assert refused(data) == [f"{path}: ปีนี้ไม่มีงวดที่ 5 (มีงวดที่ 1, 2, 3, 4)"]


def test_a_step_that_moves_stays_done() -> None:
    data = small("ก")
    one: dict[str, Any] = data["table"]["groups"][0]["measures"][0]
    one |= {"steps_th": ["หนึ่ง", "สอง"], "quarters": [{"number": 1, "steps_done": [2]}]}
    imported(data)
    del one["quarters"]
    one["steps_th"] = ["ศูนย์", "หนึ่ง", "สอง"]
    imported(data)
    assert [step.text for step in QuarterlyResult.objects.get().steps_done.all()] == ["สอง"]


def test_a_form_that_is_open_meets_a_newer_version() -> None:
    imported(bare())
    data = bare()
    data["memorandum"]["subject_th"] = "เรื่องใหม่"
    imported(data)
    assert Report.objects.get().version == 2


def test_a_frozen_revision_is_not_touched() -> None:
    imported(bare())
    frozen = Revision.objects.create(
        report=Report.objects.get(), number=1, content="{}", content_sha256="0" * 64,
        presented_sha256="0" * 64, sent_at=NOW, stage=Stage.SIGNING,
    )  # fmt: skip
    data = bare()
    data["memorandum"]["subject_th"] = "เรื่องใหม่"
    imported(data)
    frozen.refresh_from_db()
    assert (frozen.content, frozen.stage, Report.objects.get().subject) == ("{}", "signing", "เรื่องใหม่")


# --- the command ------------------------------------------------------------------------------------------------


def test_the_command_names_every_fault_and_writes_nothing(tmp_path: Path) -> None:
    data = small("")
    data["fiscal_year_be"] = "2567"
    (tmp_path / "plan.json").write_bytes(encoded(data))
    with pytest.raises(CommandError) as error:
        call_command("import_plan", str(tmp_path / "plan.json"))
    lines = str(error.value).splitlines()
    assert (lines[0], [line.split(":")[0] for line in lines[1:]], Plan.objects.count()) == (
        f"ยังไม่ได้นำเข้า {tmp_path / 'plan.json'} เพราะพบ 2 จุดที่ต้องแก้ไข",
        ["fiscal_year_be", "table.groups[0].measures[0].title_th"],
        0,
    )


@pytest.mark.parametrize("slug", ["Tuayang", "desk", "../etc"])
def test_the_command_refuses_a_slug_that_cannot_be(tmp_path: Path, slug: str) -> None:
    (tmp_path / "plan.json").write_bytes(encoded(small()))
    with pytest.raises(CommandError, match="--agency: "):
        call_command("import_plan", str(tmp_path / "plan.json"), agency=slug)


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_the_command_says_when_there_is_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match=r"เปิดไฟล์ .* ไม่ได้"):
        call_command("import_plan", str(tmp_path / name))
