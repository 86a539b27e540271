"""Reports of before keep what they say when the tables change, forward and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, timedelta, timezone
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from reports.models import Revision, SignOff

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = ("reports", "0002_part_of_the_year"), ("reports", "0005_columns_with_sources")
MEASURES = ("measures", "0003_fields_of_other_towns")
FIRST = ("reports", "0001_initial")
"""As reports began; agencies and plans have what they have today, and can only be read as they were then."""
HEADINGS = ["มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "กำหนด", "ผลลัพธ์"]


def migrate(target: tuple[str, str]) -> StateApps:
    """Bring the tables to ``target``; the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


@pytest.fixture
def before() -> Iterator[StateApps]:
    """The tables of before; those of today come back whatever happens."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    executor = MigrationExecutor(connection)
    executor.migrate([BEFORE, MEASURES])
    yield MigrationExecutor(connection).loader.project_state([BEFORE, MEASURES]).apps
    MigrationExecutor(connection).migrate(newest)


@pytest.fixture
def old_reports(before: StateApps) -> dict[str, int]:
    """A year's report with five headings, and one of its second period."""
    plan = before.get_model("measures", "Plan").objects.create(
        agency=before.get_model("measures", "Agency").objects.create(slug="tuayang", name="เทศบาลตำบลตัวอย่าง"),
        fiscal_year=2567,
    )
    days = {
        "starts": date(2024, 1, 1),
        "ends": date(2024, 3, 31),
        "opens": date(2024, 1, 1),
        "closes": date(2024, 4, 5),
    }
    period = before.get_model("measures", "Period").objects.create(
        plan=plan, number=2, name="ไตรมาส 2", **days
    )
    reports: Any = before.get_model("reports", "Report").objects
    return {
        "annual": reports.create(plan=plan, columns=HEADINGS).pk,
        "quarter": reports.create(plan=plan, kind="quarter", period=period, columns=HEADINGS).pk,
    }


def test_periods_become_parts_and_headings_become_columns_and_back(old_reports: dict[str, int]) -> None:
    later: Any = migrate(AFTER).get_model("reports", "Report").objects
    assert [(later.get(pk=pk).kind, later.get(pk=pk).part) for pk in old_reports.values()] == [
        ("annual", 0), ("quarter", 2),
    ]  # fmt: skip
    assert later.get(pk=old_reports["annual"]).columns == [
        {"source": "measure", "heading": "มาตรการ"}, {"source": "steps", "heading": "ขั้นตอน"},
        {"source": "units", "heading": "ผู้รับผิดชอบ"}, {"source": "due", "heading": "กำหนด"},
        {"source": "results", "heading": "ผลลัพธ์"},
    ]  # fmt: skip
    earlier: Any = migrate(FIRST).get_model("reports", "Report").objects
    annual, quarter = (earlier.get(pk=pk) for pk in old_reports.values())
    assert (annual.period, quarter.period.number) == (None, 2)
    assert (annual.columns, quarter.columns) == (HEADINGS, HEADINGS)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=7))], ids=["as now() tells", "Bangkok"])
def test_an_older_signature_gets_the_text_of_its_hash_wherever_its_clock_stood(
    sent: Revision, zone: timezone
) -> None:
    signoff = sent.signoffs.get(order=0)
    assert signoff.decided_at is not None
    names = (
        "previous",
        "content",
        "presented",
        "order",
        "decision",
        "position",
        "person",
        "name",
        "acting",
        "words",
    )
    now = json.loads(signoff.bound)
    then = {name: now[name] for name in names} | {"at": signoff.decided_at.astimezone(zone).isoformat()}
    text = json.dumps(then, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    SignOff.objects.filter(pk=signoff.pk).update(
        bound="", hash=hashlib.sha256(text.encode()).hexdigest(), proof="session"
    )
    import_module("reports.migrations.0008_codes_and_bound_texts").give(apps, None)
    assert SignOff.objects.get(pk=signoff.pk).bound == text
