"""Questions about the outbox: what an agency's letters are at, and whether anything keeps them from going."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Min, Q, QuerySet

from measures.choices import JobName, LetterState
from measures.dates import moment_label
from measures.models import Agency, Job, Letter

WORKER_QUIET_AFTER: Final = timedelta(minutes=5)
MAIL_FAILS_AFTER: Final = timedelta(minutes=15)

_UNSENT: Final = Q(state__in=[LetterState.QUEUED, LetterState.SENDING]) & ~Q(address="")

FILTERS: Final[dict[str, tuple[str, Q]]] = {
    "": ("ทั้งหมด", Q()),
    "waiting": ("รอส่ง", _UNSENT),
    "no-address": ("ไม่มีอีเมล", Q(state=LetterState.QUEUED, address="")),
    "held": ("พักไว้", Q(state=LetterState.HELD)),
    "failed": ("ส่งไม่สำเร็จ", Q(state=LetterState.FAILED)),
    "sent": ("ส่งแล้ว", Q(state=LetterState.SENT)),
}
"""What the list can be narrowed to: the word in the address, the words on screen, and which letters."""


@dataclass(frozen=True)
class Choice:
    """A way to narrow the list, and how many letters it leaves."""

    word: str
    label: str
    count: int


def letters_of(agency: Agency | None) -> QuerySet[Letter]:
    """An agency's letters (None: the portal's own), newest first, with whom they are to."""
    return Letter.objects.filter(agency=agency).select_related("person").order_by("-pk")


def choices_of(letters: QuerySet[Letter]) -> list[Choice]:
    """Every way to narrow a list of letters; one statement."""
    counted = letters.order_by().aggregate(
        **{
            f"n{place}": Count("pk", filter=condition)
            for place, (_, condition) in enumerate(FILTERS.values())
        }
    )
    return [
        Choice(word, label, counted[f"n{place}"]) for place, (word, (label, _)) in enumerate(FILTERS.items())
    ]


def mail_trouble(agency: Agency | None, at: datetime) -> str:
    """What keeps an agency's letters from going, in a sentence; "" where nothing does. One statement then."""
    jobs = {job.name: job for job in Job.objects.filter(name__in=[JobName.WORKER, JobName.MAIL])}
    worker, mail = jobs.get(JobName.WORKER), jobs.get(JobName.MAIL)
    if worker and worker.began_at > at - WORKER_QUIET_AFTER:
        failing = mail and mail.failing_since
        if not mail or not failing or failing > at - MAIL_FAILS_AFTER:
            return ""
        count, _ = _waiting(agency)
        return (
            f"{_letters(count)}ยังส่งไม่ได้ตั้งแต่วันที่ {moment_label(failing)} เพราะ{mail.error} "
            "ไม่มีจดหมายใดสูญหาย ระบบจะลองส่งใหม่เองจนกว่าจะสำเร็จ ระหว่างนี้แจ้งทาง LINE แทนได้"
        )
    count, oldest = _waiting(agency)
    since = worker.began_at if worker else oldest
    if since is None or since > at - WORKER_QUIET_AFTER:
        return ""
    # Of one that never ran nobody knows when it stopped: a letter may be older than the portal.
    stopped = f"หยุดทำงานตั้งแต่วันที่ {moment_label(since)} " if worker else "ยังไม่ได้เริ่มทำงาน "
    return (
        f"โปรแกรมทำงานเบื้องหลัง{stopped}"
        + (f"{_letters(count)}ยังส่งไม่ได้ ไม่มีจดหมายใดสูญหาย " if count else "")
        + f"จดหมายและเอกสารฉบับลงนามแล้วจะรอจนกว่าโปรแกรมจะ{'ทำงานอีกครั้ง' if worker else 'เริ่มทำงาน'} "
        "กรุณาแจ้งผู้ดูแลเครื่องแม่ข่าย"
    )


def failing_jobs() -> QuerySet[Job]:
    """Jobs of the worker whose last run failed; the mail server is told of by :func:`mail_trouble`."""
    return Job.objects.filter(failing_since__isnull=False).exclude(name=JobName.MAIL)


def _waiting(agency: Agency | None) -> tuple[int, datetime | None]:
    """How many letters wait for the worker and the server, and since when the first."""
    found = Letter.objects.filter(_UNSENT, agency=agency).aggregate(n=Count("pk"), oldest=Min("written_at"))
    return found["n"], found["oldest"]


def _letters(count: int) -> str:
    return f"จดหมาย {count} ฉบับ" if count else "จดหมาย"
