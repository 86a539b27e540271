"""You come here for how the demonstration's units report: a whole year, or a quarter caught in the middle."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from PIL import Image, ImageDraw

from measures.actions.outcomes import OutcomeInput, save_outcome
from measures.actions.results import (
    ResultInput,
    accept_result,
    add_address,
    add_file,
    return_result,
    save_result,
    submit_result,
)
from measures.bullets import format_lines, parse
from measures.choices import Workflow
from measures.fiscal import BANGKOK, bangkok_date
from measures.models import Measure, Period, Person, Plan, QuarterlyResult
from measures.thai import arabic_digits, thai_digits
from reports.importing.plan_file import EvidencePart, MeasurePart, QuarterPart
from reports.management.demo.calendar import workday, workdays_before

_RUNNING: Final = {
    "m1": (
        "เผยแพร่สรุปผลการจัดซื้อจัดจ้าง (แบบ สขร.๑) ของเดือนที่ผ่านมาบนเว็บไซต์ของเทศบาล",
        "สรุปผลการจัดซื้อจัดจ้าง",
        "procurement",
    ),
    "m2": ("ตรวจนับใบเสร็จรับเงินคงเหลือ ถูกต้องตรงตามทะเบียนคุม", "ทะเบียนคุมใบเสร็จรับเงิน", "finance/receipts"),
    "m3": ("ปรับปรุงทะเบียนคุมพัสดุและครุภัณฑ์ให้เป็นปัจจุบัน", "ทะเบียนคุมพัสดุและครุภัณฑ์", "property/register"),
    "m4": (
        "แจ้งเวียนแนวทางปฏิบัติในการรับเรื่องร้องเรียนและแจ้งเบาะแสให้บุคลากรทราบ",
        "หนังสือเวียนแนวทางปฏิบัติ",
        "complaints/guideline",
    ),
    "m6": ("ทบทวนคู่มือการให้บริการประชาชน อยู่ระหว่างตรวจสอบก่อนเผยแพร่", "คู่มือการให้บริการประชาชน", "service/manual"),
}
"""What can truly be said in the middle of a quarter, with its proof: a title and a place on the town's site."""
_YEAR: Final = re.compile(r"(?<![-\d])(25\d\d|๒๕[๐-๙]{2})(?![-\d])")


@dataclass(frozen=True)
class Reporter:
    """Reports on measures with the words of the demonstration's file, its years moved by ``years``.

    Nothing happens after ``now``: what would, happens then.
    """

    cast: dict[str, Person]
    years: int
    now: datetime

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a working day in Bangkok, not in the future."""
        return min(datetime.combine(workday(day), time(hour, minute), BANGKOK), self.now)

    def whole(self, plan: Plan, parts: list[MeasurePart], periods: list[Period]) -> None:
        """Report every measure in these periods and find all of it in order."""
        for period in periods:
            for measure, part in _paired(plan, parts):
                self.accepted(measure, period, _quarter(part, period), days=2)

    def outcomes(self, plan: Plan, parts: list[MeasurePart], day: date) -> None:
        """Curate the year's outcome of every measure."""
        for measure, part in _paired(plan, parts):
            save_outcome(
                measure=measure,
                version=None,
                given=OutcomeInput(
                    progress=part.outcome.progress,
                    percent=part.outcome.percent,
                    body=self.moved(format_lines(part.outcome.results)),
                    obstacles=self.moved(part.outcome.obstacles),
                    suggestions=self.moved(part.outcome.suggestions),
                    remark=self.moved(part.outcome.remark),
                ),
                by=self.cast["nitikorn"],
                at=self.at(day, 14),
            )

    def accepted(self, measure: Measure, period: Period, part: QuarterPart, *, days: int) -> QuarterlyResult:
        """Reported ``days`` after the period's end and found in order soon after."""
        day = period.ends + timedelta(days=days)
        result = self._submitted(measure, period, part, day)
        accept_result(result=result, by=self.cast["nitikorn"], at=self.at(day + timedelta(days=4), 9))
        return result

    def partly(self, plan: Plan, parts: list[MeasurePart], period: Period) -> None:
        """The period that runs: one measure in every state, the fifth not started."""
        day = max(workdays_before(bangkok_date(self.now), 3), period.starts)
        scenes: list[Callable[[Measure, Period, QuarterPart, date], object]] = [
            self._found_in_order,
            self._waits_with_a_picture,
            self._given_back,
            self._found_in_order,
            self._nothing,
            self._begun,
            self._nothing_to_report,
        ]
        for (measure, part), scene in zip(_paired(plan, parts), scenes, strict=True):
            scene(measure, period, _running(part, period), day)

    def picture(self, result: QuarterlyResult, title: str, *, by: Person, at: datetime) -> None:
        """A file as evidence, for everybody to see."""
        add_file(
            result=result,
            title=title,
            filename=f"{title}.png",
            content_type="image/png",
            chunks=[_png()],
            is_public=True,
            by=by,
            at=at,
        )

    def moved(self, text: str) -> str:
        """``text`` with its years moved; a span of years (๒๕๖๖-๒๕๗๐) stays."""

        def shift(match: re.Match[str]) -> str:
            year = str(int(arabic_digits(match[0])) + self.years)
            return year if match[0].isascii() else thai_digits(year)

        return _YEAR.sub(shift, text)

    def _submitted(self, measure: Measure, period: Period, part: QuarterPart, day: date) -> QuarterlyResult:
        result = self._saved(measure, period, part, day)
        submit_result(result=result, by=self._who(measure), at=self.at(day, 15, 30))
        return result

    def _saved(self, measure: Measure, period: Period, part: QuarterPart, day: date) -> QuarterlyResult:
        by, at = self._who(measure), self.at(day, 10, 5)
        steps = list(measure.steps.all())
        result = save_result(
            measure=measure,
            period=period,
            version=None,
            given=ResultInput(
                progress=part.progress,
                percent=part.percent,
                nothing_done=part.nothing_done,
                nil_reason=part.nil_reason,
                body=self.moved(format_lines(part.results)),
                obstacles=self.moved(part.obstacles),
                suggestions=self.moved(part.suggestions),
                step_ids=frozenset(steps[number - 1].pk for number in part.steps_done),
            ),
            by=by,
            at=at,
        )
        for evidence in part.evidence or ():
            add_address(
                result=result,
                title=self.moved(evidence.title),
                url=self.moved(evidence.url),
                is_public=evidence.is_public,
                by=by,
                at=at,
            )
        return result

    def _who(self, measure: Measure) -> Person:
        """Who reports on it: the clerk of its first unit, or the officer."""
        owner = measure.ownerships.select_related("unit__parent").first()
        name = owner.unit.full_name if owner else ""
        if "กองคลัง" in name:
            return self.cast["klang"]
        return self.cast["prachasamphan" if "ประชาสัมพันธ์" in name else "nitikorn"]

    # --- scenes of a period that runs ---------------------------------------------------------------------------

    def _found_in_order(self, measure: Measure, period: Period, part: QuarterPart, day: date) -> None:
        result = self._submitted(measure, period, part, day)
        accept_result(result=result, by=self.cast["nitikorn"], at=self.at(day + timedelta(days=1), 9))

    def _waits_with_a_picture(self, measure: Measure, period: Period, part: QuarterPart, day: date) -> None:
        result = self._saved(measure, period, part, day)
        self.picture(result, "ภาพการตรวจนับใบเสร็จรับเงิน", by=self._who(measure), at=self.at(day, 11))
        submit_result(result=result, by=self._who(measure), at=self.at(day, 15, 30))

    def _given_back(self, measure: Measure, period: Period, part: QuarterPart, day: date) -> None:
        result = self._submitted(measure, period, replace(part, evidence=()), day)
        return_result(
            result=result,
            reason="ยังไม่ได้แนบหลักฐาน กรุณาแนบคู่มือหรือคำสั่งแต่งตั้งที่อ้างถึง แล้วส่งใหม่",
            by=self.cast["nitikorn"],
            at=self.at(day + timedelta(days=1), 9, 20),
        )

    def _nothing(self, measure: Measure, period: Period, part: QuarterPart, day: date) -> None:
        """Not started."""

    def _begun(self, measure: Measure, period: Period, part: QuarterPart, day: date) -> None:
        self._saved(measure, period, replace(part, percent=None, evidence=()), day)

    def _nothing_to_report(self, measure: Measure, period: Period, part: QuarterPart, day: date) -> None:
        nil = replace(
            part,
            progress="not_started",
            percent=0,
            nothing_done=True,
            nil_reason="อยู่ระหว่างจัดหาผู้รับจ้างปรับปรุงเว็บไซต์ จะเริ่มดำเนินการในไตรมาสถัดไป",
            results=(),
            steps_done=(),
            evidence=(),
        )
        self._found_in_order(measure, period, nil, day)


def _paired(plan: Plan, parts: list[MeasurePart]) -> list[tuple[Measure, MeasurePart]]:
    measures = {measure.key: measure for measure in plan.measures.in_order()}
    return [(measures[part.key], part) for part in parts if part.key]


def _quarter(part: MeasurePart, period: Period) -> QuarterPart:
    return next(quarter for quarter in part.quarters if quarter.number == period.number)


def _running(part: MeasurePart, period: Period) -> QuarterPart:
    """A result of a period that is not over."""
    text, title, place = _RUNNING.get(part.key or "", ("", "", ""))
    return QuarterPart(
        number=period.number,
        state=Workflow.DRAFT,
        progress="in_progress",
        percent=25 * period.number - 10,
        nothing_done=False,
        nil_reason="",
        return_reason="",
        results=parse(f"- {text}"),
        obstacles="",
        suggestions="",
        steps_done=(1,),
        evidence=(EvidencePart(title, f"https://tuayang.example/{place}", is_public=True),),
    )


def _png() -> bytes:
    """A small plain picture: a board with lines on it."""
    image = Image.new("RGB", (640, 400), "#dfe7e2")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 50, 580, 350), fill="#ffffff", outline="#2f5d50", width=6)
    for row in range(6):
        draw.line((110, 110 + row * 36, 530 - row % 3 * 60, 110 + row * 36), fill="#8aa39a", width=8)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
