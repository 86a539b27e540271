"""You come here for how the demonstration's reports go up the chain: one to the end, one returned on its way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from measures.actions.outcomes import OutcomeInput, save_outcome
from measures.fiscal import bangkok_date
from measures.models import Measure, Person, Plan
from measures.thai import thai_digits
from reports.actions.deciding import SIGNED_IN
from reports.actions.publishing import publish
from reports.actions.reports import (
    ReportInput,
    SectionInput,
    regenerate_sections,
    save_report,
    start_report,
)
from reports.actions.sealing import seal
from reports.actions.sending import prepare, send_report
from reports.actions.signing import endorse, return_revision
from reports.choices import Kind
from reports.columns import layout
from reports.compose.prefill import periods_of
from reports.management.demo.calendar import workdays_before
from reports.models import Report, Revision

SIGNATORIES: Final = ("hua", "phoo-amnuai", "rong", "palat", "nayok")
RETURN_REASON: Final = "มาตรการการป้องกันแก้ไขปัญหาการทุจริต ยังไม่ได้ระบุจำนวนเรื่องร้องเรียนที่ได้รับ กรุณาเพิ่มเติมแล้วเสนอใหม่"
_SUBJECT_OF_SCORE: Final = "รายงานผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของ{agency} (ITA)"


@dataclass(frozen=True)
class Chain:
    """Sends reports and lets the signatories decide."""

    cast: dict[str, Person]

    def send(self, report: Report, at: datetime) -> Revision:
        """Freeze the report as it stands and send it."""
        report = Report.objects.select_related("plan__agency").get(pk=report.pk)
        prepared = prepare(report, on=bangkok_date(at))
        return send_report(
            report=report,
            prepared=prepared,
            version=report.version,
            by=self.cast["nitikorn"],
            at=at,
            proof=SIGNED_IN,
            agreed="",
        )

    def endorse(self, revision: Revision, moments: list[datetime]) -> Revision:
        """Let the first of the chain sign at these moments, each with the words the position usually writes."""
        for order, (username, at) in enumerate(zip(SIGNATORIES, moments, strict=False), 1):
            revision.refresh_from_db()
            words = revision.signoffs.get(order=order).usual_words
            endorse(
                revision=revision,
                words=words,
                seen_sha256=revision.seen_sha256,
                by=self.cast[username],
                at=at,
                proof=SIGNED_IN,
                agreed="",
            )
        revision.refresh_from_db()
        return revision

    def sign_and_publish(
        self, report: Report, sent: datetime, moments: list[datetime], published: datetime
    ) -> None:
        """To the end."""
        revision = self.endorse(self.send(report, sent), moments)
        seal(revision)
        publish(revision=revision, by=self.cast["nitikorn"], at=published)

    def wait_after_return(self, plan: Plan, moments: list[datetime]) -> None:
        """Start the year's report, send it, have it returned, mend it, and leave it with the third of the chain.

        ``moments``: started, sent, two endorsements, returned, mended, sent again, two endorsements.
        """
        started, sent, first, second, returned, mended, again, *endorsed = moments
        report = self._write(plan, started, bangkok_date(sent))
        revision = self.endorse(self.send(report, sent), [first, second])
        return_revision(
            revision=revision,
            reason=RETURN_REASON,
            seen_sha256=revision.seen_sha256,
            by=self.cast["rong"],
            at=returned,
            places=("measure:m5",),
            proof=SIGNED_IN,
            agreed="",
        )
        self._mend(plan.measures.get(key="m5"), plan.fiscal_year, mended)
        self.endorse(self.send(report, again), endorsed)

    def start(self, plan: Plan, kind: Kind, part: int, columns: str, at: datetime) -> Report:
        """A report of a part of the year with one of the ready-made choices of columns, as the officer begins it."""
        report = start_report(plan=plan, kind=kind, part=part, by=self.cast["nitikorn"], at=at)
        periods = {period.number: period.name for period in periods_of(report)}
        return self._save(report, at, columns=layout(columns, periods, thai=plan.agency.thai_digits))

    def number(self, report: Report, running: str, at: datetime) -> Report:
        """Give it the number and the date under which it is sent."""
        number = f"{report.plan.agency.document_code}/{running}"
        return self._save(report, at, number=number, date=bangkok_date(at))

    def _write(self, plan: Plan, at: datetime, day: date) -> Report:
        """The year's report as the officer fills in its form."""
        officer, agency = self.cast["nitikorn"], plan.agency
        report = self._save(
            start_report(plan=plan, by=officer, at=at),
            at,
            number=f"{agency.document_code}/๒๘๘",
            date=day,
            refers_number=f"{agency.document_code}/๒๖๑",
            refers_date=workdays_before(day, 12),
            refers_subject=_SUBJECT_OF_SCORE.format(agency=agency.name),
            ita_score=Decimal("98.42"),
            ita_target=Decimal("95.00"),
        )
        return regenerate_sections(report=report, version=report.version, by=officer, at=at)

    def _save(self, report: Report, at: datetime, **typed: Any) -> Report:
        """Save the form as it stands, but for what is typed."""
        stands = ReportInput(
            section=report.section,
            number=report.number,
            date=report.date,
            subject=report.subject,
            addressee=report.addressee,
            refers_number=report.refers_number,
            refers_date=report.refers_date,
            refers_subject=report.refers_subject,
            closing=report.closing,
            table_title=report.table_title,
            table_subtitle=report.table_subtitle,
            columns=report.table_columns,
            sections=tuple(SectionInput(s.number, s.title, s.body, s.items) for s in report.sections.all()),
        )
        return save_report(
            report=report,
            version=report.version,
            given=replace(stands, **typed),
            by=self.cast["nitikorn"],
            at=at,
        )

    def _mend(self, measure: Measure, fiscal_year: int, at: datetime) -> None:
        outcome = measure.outcome
        save_outcome(
            measure=measure,
            version=outcome.version,
            given=OutcomeInput(
                progress=outcome.progress,
                percent=outcome.percent,
                body=f"{outcome.body}\n- ไม่มีเรื่องร้องเรียนการทุจริตในปีงบประมาณ พ.ศ. {thai_digits(fiscal_year)}",
            ),
            by=self.cast["nitikorn"],
            at=at,
        )
