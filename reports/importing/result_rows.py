"""You come here for the quarterly results of a plan file, with the addresses that prove them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F

from measures.choices import Workflow
from measures.models import Agency, Evidence, Period, Person, QuarterlyResult
from measures.models.result import REVIEWED, SUBMITTED
from reports.importing.agency_rows import change
from reports.importing.places import FileRefused, Problem
from reports.importing.plan_file import EvidencePart, QuarterPart
from reports.importing.plan_rows import Written, same_lines


class Importer:
    """Writes results. Who sent and who accepted them is not in a file: a closed account stands for them."""

    def __init__(self, agency: Agency, at: datetime) -> None:
        self._agency = agency
        self._at = at
        self._person: Person | None = None

    def write(self, written: Iterable[Written], periods: dict[int, Period]) -> bool:
        """Bring the results that the file names up to date; say whether anything was written."""
        written = list(written)
        if problems := list(_without_period(written, periods)):
            raise FileRefused(problems)
        changes = [
            self._write_result(one, quarter, periods[quarter.number])
            for one in written
            for quarter in one.part.quarters
        ]
        return any(changes)

    @property
    def person(self) -> Person:
        """The account that stands for those who reported before the portal knew them."""
        if self._person is None:
            self._person, _ = Person.objects.get_or_create(
                username=f"import.{self._agency.slug}",
                defaults={
                    "full_name": "นำเข้าจากไฟล์",
                    "agency": self._agency,
                    "is_active": False,
                    "password": "!",
                },
            )
        return self._person

    def _write_result(self, written: Written, part: QuarterPart, period: Period) -> bool:
        measure = written.measure
        result = QuarterlyResult.objects.select_for_update().filter(measure=measure, period=period).first()
        is_new = result is None
        if result is None:
            result = QuarterlyResult(measure=measure, period=period)
        fields: dict[str, Any] = {
            "state": part.state,
            "progress": part.progress,
            "percent": part.percent,
            "nothing_done": part.nothing_done,
            "nil_reason": part.nil_reason,
            "return_reason": part.return_reason,
            "body": same_lines(result.body, part.results),
            "obstacles": part.obstacles,
            "suggestions": part.suggestions,
        }
        if is_new or any(getattr(result, name) != value for name, value in fields.items()):
            fields |= self._signatures(part.state)
            fields |= {"saved_by": self.person, "saved_at": self._at}
        changed = False
        if is_new:
            for name, value in fields.items():
                setattr(result, name, value)
            result.save(force_insert=True)
        else:
            changed = change(result, **fields)
        done = {written.steps[number - 1] for number in part.steps_done}
        if done != set(result.steps_done.all()):
            result.steps_done.set(done)
            changed = True
        if part.evidence is not None:
            changed |= self._write_evidence(result, part.evidence)
        if changed and not is_new:
            QuarterlyResult.objects.filter(pk=result.pk).update(version=F("version") + 1)
        return is_new or changed

    def _signatures(self, state: Workflow) -> dict[str, Any]:
        """Who sent and who checked a result of this state, and when."""
        signatures: dict[str, Any] = {}
        for who, when, states in (
            ("submitted_by", "submitted_at", SUBMITTED),
            ("reviewed_by", "reviewed_at", REVIEWED),
        ):
            by_someone = state in states
            signatures |= {who: self.person if by_someone else None, when: self._at if by_someone else None}
        return signatures

    def _write_evidence(self, result: QuarterlyResult, parts: tuple[EvidencePart, ...]) -> bool:
        """Make the result's addresses those of the file, in its order; files stay."""
        standing = list(result.evidence.exclude(url="").order_by("pk"))
        same = 0
        for row, part in zip(standing, parts, strict=False):
            if (row.title, row.url, row.is_public) != (part.title, part.url, part.is_public):
                break
            same += 1
        for row in standing[same:]:
            row.delete()
        for part in parts[same:]:
            Evidence.objects.create(
                result=result,
                title=part.title,
                url=part.url,
                is_public=part.is_public,
                added_by=self.person,
                added_at=self._at,
            )
        return same < max(len(standing), len(parts))


def _without_period(written: Iterable[Written], periods: dict[int, Period]) -> Iterator[Problem]:
    known = ", ".join(map(str, sorted(periods)))
    for one in written:
        for index, quarter in enumerate(one.part.quarters):
            if quarter.number not in periods:
                yield Problem(
                    f"{one.part.path}.quarters[{index}].number",
                    f"ปีนี้ไม่มีงวดที่ {quarter.number} (มีงวดที่ {known})",
                )
