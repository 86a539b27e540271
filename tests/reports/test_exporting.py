"""A plan file that was exported says everything: imported anywhere, it gives the same bytes again."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from pytest_django import DjangoAssertNumQueries

from measures.choices import Responsibility
from measures.models import Evidence, Ownership, Plan, QuarterlyResult
from reports.actions.importing import import_plan
from reports.importing.exporting import export_plan
from reports.importing.reading import read_plan_file
from reports.management.demo.play import FILE
from tests.reports.plan_files import Data, bare, demonstration, encoded, plan_files, small

NOW = datetime(2024, 12, 27, 2, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def through(file: bytes) -> bytes:
    """Imported into an empty database and exported again."""
    with transaction.atomic():
        plan = import_plan(file=read_plan_file(file), at=NOW).plan
        exported = export_plan(Plan.objects.get(pk=plan.pk)).encode()
        transaction.set_rollback(True)
    return exported


def test_the_demonstrations_file_is_its_own_export() -> None:
    assert through(FILE.read_bytes()) == FILE.read_bytes()


def test_a_file_without_keys_and_periods_gets_them_once() -> None:
    exported = through(encoded(bare()))
    assert through(exported) == exported


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=plan_files())
def test_whatever_is_exported_imports_to_the_same_bytes(data: Data) -> None:
    exported = through(encoded(data))
    assert through(exported) == exported


def test_importing_an_export_over_itself_changes_nothing() -> None:
    plan = import_plan(file=read_plan_file(encoded(demonstration())), at=NOW).plan
    again = import_plan(file=read_plan_file(export_plan(plan).encode()), at=NOW)
    assert not again.is_changed


def test_what_a_person_typed_otherwise_is_no_change() -> None:
    data = small("ก")
    data["table"]["groups"][0]["measures"][0]["quarters"] = [{"number": 1, "results_th": []}]
    plan = import_plan(file=read_plan_file(encoded(data)), at=NOW).plan
    QuarterlyResult.objects.update(body="-ดำเนินการแล้ว\n\n-เผยแพร่แล้ว")
    again = import_plan(file=read_plan_file(export_plan(plan).encode()), at=NOW)
    assert not again.is_changed


def test_a_supporting_unit_says_so() -> None:
    data = small("ก")
    unit = {"name_th": "งานพัสดุ กองคลัง", "kind": "supporting"}
    data["table"]["groups"][0]["measures"][0]["units_th"] = [unit, "สำนักปลัด"]
    exported = through(encoded(data))
    assert (through(exported), b'"kind": "supporting"' in exported) == (exported, True)
    import_plan(file=read_plan_file(exported), at=NOW)
    assert list(Ownership.objects.values_list("kind", flat=True)) == [
        Responsibility.SUPPORTING,
        Responsibility.LEAD,
    ]


def test_files_are_left_out() -> None:
    plan = import_plan(file=read_plan_file(encoded(demonstration())), at=NOW).plan
    before = export_plan(plan)
    Evidence.objects.create(
        result=QuarterlyResult.objects.earliest("pk"),
        title="ภาพ",
        sha256="0" * 64,
        filename="ภาพ.png",
        added_at=NOW,
    )
    assert export_plan(plan) == before


def test_an_export_is_a_fixed_number_of_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = import_plan(file=read_plan_file(encoded(demonstration())), at=NOW).plan
    with django_assert_num_queries(16):
        export_plan(Plan.objects.select_related("agency").get(pk=plan.pk))


def test_the_command_prints_utf8(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    call_command("import_plan", str(FILE), stdout=io.StringIO())
    call_command("export_plan", "tuayang", "๒๕๖๗")
    assert capfdbinary.readouterr().out == FILE.read_bytes()


@pytest.mark.parametrize(
    ("slug", "year", "sentence"),
    [
        ("uen", "2567", 'ไม่มีหน่วยงาน "uen"'),
        ("tuayang", "2566", 'หน่วยงาน "tuayang" ไม่มีมาตรการของปีงบประมาณ พ.ศ. 2566 (มีปี 2568)'),
        ("tuayang", "x", 'อ่านปี "x" ไม่ได้ กรุณาพิมพ์ปี พ.ศ. 4 หลัก เช่น 2569'),
    ],
)
def test_the_command_says_what_there_is(slug: str, year: str, sentence: str) -> None:
    import_plan(file=read_plan_file(encoded(small())), at=NOW)
    with pytest.raises(CommandError) as error:
        call_command("export_plan", slug, year)
    assert str(error.value) == sentence
