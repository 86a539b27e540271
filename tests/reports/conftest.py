"""A year of the town with one measure, its report ready to be sent, and the report in the chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from measures.choices import Progress
from measures.errors import Refused
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
from reports.actions.deciding import Proof
from reports.actions.reports import start_report
from reports.actions.sending import agreed_by_sending, chain_of, prepare, send_report
from reports.actions.signing import endorse, question, return_revision
from reports.choices import Decision, ProofKind
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


PROVEN = Proof(ProofKind.PASSWORD)
"""What the page that was signed on vouches for."""


def send(report: Report, officer: Person) -> Revision:
    """Send the report as it stands."""
    report.refresh_from_db()
    prepared = prepare(report)
    agreed = agreed_by_sending(prepared.content, chain_of(report, NOW.date()), officer)
    return send_report(
        report=report,
        prepared=prepared,
        version=report.version,
        by=officer,
        at=NOW,
        proof=PROVEN,
        agreed=agreed,
    )


def asked(
    revision: Revision, by: Person, decision: Decision, words: str, places: Sequence[str] = ("document",)
) -> str:
    """The sentence that is shown before a decision; "" where it would be refused."""
    revision = Revision.objects.get(pk=revision.pk)
    seen = revision.seen_sha256
    try:
        return question(
            revision=revision,
            decision=decision,
            words=words,
            seen_sha256=seen,
            by=by,
            at=NOW,
            places=places,
        ).agreed
    except Refused:
        return ""


def sign(revision: Revision, by: Person, words: str = "", **changed: Any) -> None:
    """Endorse the revision as it was displayed."""
    given = {
        "seen_sha256": revision.seen_sha256,
        "proof": PROVEN,
        "agreed": asked(revision, by, Decision.ENDORSED, words),
        **changed,
    }
    endorse(revision=revision, words=words, by=by, at=NOW, **given)


def give_back(revision: Revision, by: Person, reason: str, **changed: Any) -> None:
    """Return the revision as it was displayed."""
    given = {
        "seen_sha256": revision.seen_sha256,
        "proof": PROVEN,
        "agreed": asked(revision, by, Decision.RETURNED, reason, changed.get("places", ["document"])),
        **changed,
    }
    return_revision(revision=revision, reason=reason, by=by, at=NOW, **given)


@pytest.fixture
def signed(sent: Revision, chain: list[Person]) -> Revision:
    """The first revision, endorsed by all."""
    for signatory in chain[1:]:
        sign(sent, signatory)
    sent.refresh_from_db()
    return sent
