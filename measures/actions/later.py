"""Put work off until after the answer: onto the queue that the worker works off."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task_backends
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend


def later(task: Task[..., Any], *args: int | str) -> None:
    """Have ``task`` done once the present transaction is committed, and never where it is not.

    A queue in the database is written in the very transaction: no second commit, and no crash between the two. Any
    other is told after the commit; what is lost then, the worker's sweep finds by the rows themselves.
    """
    if isinstance(task_backends[task.backend], DatabaseBackend):
        task.enqueue(*args)
    else:
        transaction.on_commit(partial(task.enqueue, *args), robust=True)
