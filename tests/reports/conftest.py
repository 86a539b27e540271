"""A year of the town with one measure, its report ready to be sent, and the report in the chain."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from measures.choices import Progress
from measures.fiscal import quarters_of
from measures.models import (
    Agency,
    Measure,
    MeasureGroup,
    Outcome,
    Ownership,
    Period,
    Person,
    Plan,
    Step,
    Unit,
)
from reports.actions.reports import start_report
from reports.actions.signing import endorse, prepare, send_report
from reports.models import Report, Revision

NOW = datetime(2024, 12, 27, 7, 5, tzinfo=UTC)
"""27 December 2567, 14.05 น."""


def add_measure(plan: Plan, finance: Unit, number: int = 1) -> Measure:
    """A measure in a group of its own, with steps, a unit and an outcome."""
    group = MeasureGroup.objects.create(
        plan=plan, key=f"g{number}", position=number, title=f"มาตรการหลักที่ {number}"
    )
    measure = Measure.objects.create(
        plan=plan, group=group, key=f"m{number}", position=1, title=f"การควบคุมการเบิกจ่าย {number}",
        due=date(2024, 9, 30),
    )  # fmt: skip
    for position, text in enumerate(["จัดทำทะเบียน", "รายงานผล"], 1):
        Step.objects.create(measure=measure, position=position, text=text)
    Ownership.objects.create(measure=measure, unit=finance, position=1)
    Outcome.objects.create(measure=measure, progress=Progress.DONE, body="- จัดทำคู่มือ\n- เผยแพร่คู่มือ")
    return measure


@pytest.fixture
def plan(town: Agency, finance: Unit) -> Plan:
    """Fiscal year 2567 with its quarters and one measure."""
    plan = Plan.objects.create(
        agency=town, fiscal_year=2567, ita_score=Decimal("99.76"), ita_target=Decimal("95.00")
    )
    for quarter in quarters_of(2567):
        Period.objects.create(
            plan=plan, number=quarter.number, name=quarter.label(), starts=quarter.starts, ends=quarter.ends,
            opens=quarter.starts, closes=quarter.ends,
        )  # fmt: skip
    add_measure(plan, finance)
    return plan


@pytest.fixture
def report(plan: Plan, chain: list[Person], officer: Person) -> Report:
    """The year's report with number and date, ready to be sent."""
    report = start_report(plan=plan, by=officer, at=NOW)
    report.number, report.date = "ตย ๑๒๓๔๕/๓๕๘", date(2024, 12, 27)
    report.save()
    return report


@pytest.fixture
def sent(report: Report, officer: Person) -> Revision:
    """The report as the first revision, waiting for the first position of the chain."""
    return send(report, officer)


def send(report: Report, officer: Person) -> Revision:
    """Send the report as it stands."""
    report.refresh_from_db()
    return send_report(report=report, prepared=prepare(report), version=report.version, by=officer, at=NOW)


def sign(revision: Revision, by: Person, words: str = "") -> None:
    """Endorse the revision as it was displayed."""
    endorse(revision=revision, words=words, seen_sha256=revision.seen_sha256, by=by, at=NOW)


@pytest.fixture
def signed(sent: Revision, chain: list[Person]) -> Revision:
    """The first revision, endorsed by all."""
    for signatory in chain[1:]:
        sign(sent, signatory)
    sent.refresh_from_db()
    return sent
