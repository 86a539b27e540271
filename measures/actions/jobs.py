"""Do the worker's jobs: each at its time, by one worker at once, and none in the way of another."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Q

from measures.choices import JobName
from measures.models import Job

log = logging.getLogger(__name__)

GIVEN_UP_AFTER: Final = timedelta(minutes=30)
"""When a job is begun again though its last worker never said that it ended."""


@dataclass(frozen=True)
class Regular:
    """A job: ``act(at=now)``, begun at most once in ``every``. It does nothing twice, however often it is called."""

    name: JobName
    act: Callable[..., Any]
    every: timedelta


def run_job(job: Regular, *, at: datetime, now: bool = False) -> bool:
    """Do a job where it is due (``now``: even where it is not), unless another worker does it; whether it was begun.

    What it raises is logged, kept in its row for the officers to see, and stops no other job.
    """
    if not _claim(job, at, now):
        return False
    row = Job.objects.filter(name=job.name)
    try:
        job.act(at=at)
    except Exception as error:
        # Where the database itself is away the next statement raises, and the worker waits.
        log.exception("Job %s failed", job.name)
        row.filter(failing_since__isnull=True).update(failing_since=at)
        row.update(ended_at=at, error=f"{type(error).__name__}: {error}"[:500])
    else:
        row.update(ended_at=at, failing_since=None, error="")
    return True


def beat(at: datetime) -> None:
    """Leave word that the worker lives."""
    Job.objects.update_or_create(name=JobName.WORKER, defaults={"began_at": at})


def _claim(job: Regular, at: datetime, now: bool) -> bool:
    _, is_new = Job.objects.get_or_create(name=job.name, defaults={"began_at": at})
    if is_new:
        return True
    # Begun after now: the clock was put back since, and waiting until it is there again would take hours.
    is_free = Q(ended_at__gte=F("began_at")) | ~_within(at, GIVEN_UP_AFTER)
    due = Q() if now else ~_within(at, job.every)
    return bool(Job.objects.filter(is_free, due, name=job.name).update(began_at=at))


def _within(at: datetime, time: timedelta) -> Q:
    """Begun less than ``time`` before ``at``, or after it (two workers do not read the clock at one moment)."""
    return Q(began_at__gt=at - time, began_at__lt=at + time)
