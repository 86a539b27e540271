"""You come here to read the quarterly results of a plan file, with the addresses that prove them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from measures.choices import Progress, Workflow
from reports.importing.lists import bullets
from reports.importing.places import Place, Record, check_once
from reports.importing.plan_file import EvidencePart, QuarterPart


def progress(place: Place) -> str:
    """How far a measure has come, "" where it is not said."""
    return place.word(["", *Progress.values])


def quarters(place: Place, steps: int) -> tuple[QuarterPart, ...]:
    """The results of a measure that has so many steps."""
    found = []
    seen: set[int] = set()
    for item in place.items(100):
        record = item.record(
            ["number"],
            [
                "state", "progress", "percent", "nothing_done", "nil_reason", "return_reason", "results_th",
                "steps_done", "evidence",
            ],
        )  # fmt: skip
        quarter = QuarterPart(
            number=record["number"].whole(1, 100),
            state=Workflow(record["state"].word(_STATES, Workflow.ACCEPTED)),
            progress=progress(record["progress"]),
            percent=None if record["percent"].is_nothing else record["percent"].whole(0, 100),
            nothing_done=record["nothing_done"].flag(default=False),
            nil_reason=record["nil_reason"].text(500, multiline=True),
            return_reason=record["return_reason"].text(1000, multiline=True),
            results=bullets(record["results_th"]),
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
    if quarter.percent is not None:
        fixed = {Progress.DONE.value: 100, Progress.NOT_STARTED.value: 0}.get(quarter.progress)
        if fixed is not None and quarter.percent != fixed:
            record["percent"].wrong(f'เมื่อ progress เป็น "{quarter.progress}" ต้องเป็น {fixed} หรือ null')
    if quarter.state is Workflow.DRAFT:
        return
    if quarter.nothing_done and not quarter.nil_reason:
        record["nil_reason"].wrong("เมื่อ nothing_done เป็น true ต้องระบุเหตุผล")
    if quarter.state is Workflow.RETURNED and not quarter.return_reason:
        record["return_reason"].wrong("ผลที่ส่งกลับต้องมีเหตุผลที่ส่งกลับ")


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
