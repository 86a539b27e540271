"""You come here to read the quarterly results of a plan file, with the addresses that prove them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from measures.choices import Progress, Workflow
from reports.importing.lists import bullets
from reports.importing.places import Place, Record, check_once
from reports.importing.plan_file import EvidencePart, OutcomePart, QuarterPart

OUTCOME: Final = ("progress", "percent", "results_th", "obstacles_th", "suggestions_th", "remark_th")
"""A measure's fields that are its outcome."""
LONGEST_NOTE: Final = 5000


def progress(place: Place) -> str:
    """How far a measure has come, "" where it is not said."""
    return place.word(["", *Progress.values])


def outcome(record: Record) -> OutcomePart:
    """What the year of a measure came to, from the measure's own fields."""
    part = OutcomePart(
        progress=progress(record["progress"]),
        percent=_percent(record["percent"]),
        results=bullets(record["results_th"]),
        obstacles=record["obstacles_th"].text(LONGEST_NOTE, multiline=True),
        suggestions=record["suggestions_th"].text(LONGEST_NOTE, multiline=True),
        remark=record["remark_th"].text(1000),
    )
    _check_percent(record["percent"], part.progress, part.percent)
    return part


def quarters(place: Place, steps: int) -> tuple[QuarterPart, ...]:
    """The results of a measure that has so many steps."""
    found = []
    seen: set[int] = set()
    for item in place.items(100):
        record = item.record(
            ["number"],
            [
                "state", "progress", "percent", "nothing_done", "nil_reason", "return_reason", "results_th",
                "obstacles_th", "suggestions_th", "steps_done", "evidence",
            ],
        )  # fmt: skip
        quarter = QuarterPart(
            number=record["number"].whole(1, 100),
            state=Workflow(record["state"].word(_STATES, Workflow.ACCEPTED)),
            progress=progress(record["progress"]),
            percent=_percent(record["percent"]),
            nothing_done=record["nothing_done"].flag(default=False),
            nil_reason=record["nil_reason"].text(500, multiline=True),
            return_reason=record["return_reason"].text(1000, multiline=True),
            results=bullets(record["results_th"]),
            obstacles=record["obstacles_th"].text(LONGEST_NOTE, multiline=True),
            suggestions=record["suggestions_th"].text(LONGEST_NOTE, multiline=True),
            steps_done=_steps_done(record["steps_done"], steps),
            evidence=_evidence(record["evidence"]),
        )
        check_once(record["number"], quarter.number, seen, "งวดนี้มีแล้วในมาตรการเดียวกัน")
        _check_quarter(record, quarter)
        found.append(quarter)
    return tuple(found)


_STATES: Final[Sequence[str]] = [state.value for state in Workflow if state is not Workflow.NOT_STARTED]


def _check_quarter(record: Record, quarter: QuarterPart) -> None:
    """What the database holds true of a result, said before it has to."""
    _check_percent(record["percent"], quarter.progress, quarter.percent)
    if quarter.state is Workflow.DRAFT:
        return
    if quarter.nothing_done and not quarter.nil_reason:
        record["nil_reason"].wrong("เมื่อ nothing_done เป็น true ต้องระบุเหตุผล")
    if quarter.state is Workflow.RETURNED and not quarter.return_reason:
        record["return_reason"].wrong("ผลที่ส่งกลับต้องมีเหตุผลที่ส่งกลับ")


def _percent(place: Place) -> int | None:
    return None if place.is_nothing else place.whole(0, 100)


def _check_percent(place: Place, progress: str, percent: int | None) -> None:
    fixed = {Progress.DONE.value: 100, Progress.NOT_STARTED.value: 0}.get(progress)
    if None not in (fixed, percent) and percent != fixed:
        place.wrong(f'เมื่อ progress เป็น "{progress}" ต้องเป็น {fixed} หรือ null')


def _steps_done(place: Place, steps: int) -> tuple[int, ...]:
    done: set[int] = set()
    for item in place.items(1000):
        if not steps:
            item.wrong("มาตรการนี้ไม่มีขั้นตอน")
            continue
        number = item.whole(1, steps)
        check_once(item, number, done, "ขั้นตอนนี้มีแล้วในรายการ")
    return tuple(sorted(done))


def _evidence(place: Place) -> tuple[EvidencePart, ...] | None:
    if place.is_absent:
        return None
    evidence = []
    seen: set[str] = set()
    for item in place.items(200):
        record = item.record(["title", "url"], ["public"])
        url = record["url"].address(1000, needed=True)
        if url:
            check_once(record["url"], url, seen, "ที่อยู่นี้มีแล้วในผลเดียวกัน")
        evidence.append(
            EvidencePart(
                title=record["title"].text(300, needed=True),
                url=url,
                is_public=record["public"].flag(default=False),
            )
        )
    return tuple(evidence)
