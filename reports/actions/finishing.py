"""Finish what all have signed, in the worker: seal it, then keep it in its other formats."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import Q, QuerySet
from django_tasks import task

from measures.actions.later import later
from reports.actions.sealing import seal
from reports.actions.twins import keep_twins
from reports.choices import Stage
from reports.models import Revision

_log = logging.getLogger(__name__)


@task()
def finish(pk: int) -> None:
    """Seal one revision and keep its twins; what is there already is not made again."""
    revision = Revision.objects.get(pk=pk)
    seal(revision)
    keep_twins(revision)


def finish_later(revision: Revision) -> None:
    """Have it finished once the signature is committed: it stands, whatever becomes of the seal."""
    later(finish, revision.pk)


def unsealed() -> QuerySet[Revision]:
    """Revisions that all have signed and that are not sealed yet, or have no twins, oldest first."""
    waiting = Q(sealed_sha256="") | Q(twins={})
    return Revision.objects.filter(waiting, stage=Stage.SIGNED).order_by("pk")


def seal_what_waits(*, at: datetime) -> int:
    """Finish whatever a crash, a full disk or a certificate kept from it; how many are finished now.

    One that cannot be finished keeps none of the others from it; what the first of them raised is raised at the end,
    for whoever watches over the worker.
    """
    done, failed = 0, list[Exception]()
    for revision in unsealed():
        try:
            seal(revision, at=at)
            keep_twins(revision)
        except Exception as error:
            _log.warning("%s (%s) not sealed: %s", revision, revision.pk, getattr(error, "operator", error))
            failed.append(error)
        else:
            done += 1
    if failed:
        raise failed[0]
    return done
