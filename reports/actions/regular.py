"""Everything the worker does again and again: one line a job, in the order in which they are done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from measures.actions.delivery import sweep_letters
from measures.actions.heads import publish_heads
from measures.actions.jobs import Regular
from measures.choices import JobName
from reports.actions.finishing import seal_what_waits
from reports.actions.publishing import publish_what_is_due
from reports.actions.reminding import remind_those_who_wait
from reports.actions.terms import warn_of_terms

_MINUTE: Final = timedelta(seconds=50)  # the worker looks every 60
_HOUR: Final = timedelta(hours=1)
_KEPT: Final = timedelta(days=7)


def tidy_queue(at: datetime) -> None:
    """Forget tasks that ended a week ago, or that a worker took as long ago and never ended."""
    DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - _KEPT).delete()
    DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=at - _KEPT).delete()
    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - _KEPT).delete()


REGULAR: Final = (
    Regular(JobName.SEALS, seal_what_waits, _MINUTE),
    Regular(JobName.PUBLISHING, publish_what_is_due, _MINUTE),
    Regular(JobName.REMINDERS, remind_those_who_wait, 10 * _MINUTE),
    Regular(JobName.TERMS, warn_of_terms, _HOUR),
    Regular(JobName.ANCHORS, publish_heads, _HOUR),
    Regular(JobName.LETTERS, sweep_letters, _MINUTE),
    Regular(JobName.TIDYING, tidy_queue, 12 * _HOUR),
)
"""Letters go out last, so that what the jobs before them wrote goes with them."""
