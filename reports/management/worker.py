"""You come here for the worker: it works off the queue at once, and once a minute does what falls due."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Sequence
from types import FrameType
from typing import Final

from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from measures.actions.jobs import Regular, beat, run_job

log = logging.getLogger(__name__)

LOOKS_EVERY: Final = 1.0
SWEEPS_EVERY: Final = 60.0
WAITS_FOR_DATABASE: Final = 5.0


class Worker:
    """Does one thing after the other, until it is told to stop; then it ends what it does and no more.

    Two of them may run: a task, a letter and a job are each claimed in the database before they are begun.
    """

    def __init__(self, jobs: Sequence[Regular]) -> None:
        self._jobs = jobs
        self._stopping = threading.Event()
        self._queue: QueueWorker | None = None

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """End after the present task or job."""
        self._stopping.set()
        if self._queue:
            self._queue.running = False

    def stop_on_signals(self) -> None:
        """Ctrl-C, and what systemd and ``make run`` send."""
        signal.signal(signal.SIGINT, self.stop)
        signal.signal(signal.SIGTERM, self.stop)

    def run(self) -> None:
        """Work until stopped. A database that does not answer is waited for."""
        swept = -SWEEPS_EVERY
        while not self._stopping.is_set():
            wait = LOOKS_EVERY
            try:
                self.work_off()
                if time.monotonic() - swept >= SWEEPS_EVERY:
                    swept = time.monotonic()
                    self.sweep()
            except (OperationalError, InterfaceError):
                log.exception("The database does not answer")
                connections.close_all()
                wait = WAITS_FOR_DATABASE
            self._stopping.wait(wait)

    def run_once(self) -> None:
        """Work off what is there, do every job once, and end."""
        self.work_off()
        self.sweep(now=True)
        self.work_off()

    def work_off(self) -> None:
        """Do every task that is ready. Another queue than the database's has workers of its own."""
        _renew_connections()
        if not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend):
            return
        # Asked before it is claimed: an idle worker takes no lock.
        if not DBTaskResult.objects.ready().exists():
            return
        self._queue = QueueWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self._queue.running = not self._stopping.is_set()
        self._queue.run()
        self._queue = None

    def sweep(self, *, now: bool = False) -> None:
        """Do every job that is due (``now``: every one)."""
        _renew_connections()
        for job in self._jobs:
            if self._stopping.is_set():
                return
            beat(timezone.now())
            run_job(job, at=timezone.now(), now=now)


def _renew_connections() -> None:
    """Drop those that the database has closed meanwhile, as each request does; never within a caller's transaction."""
    if not connection.in_atomic_block:
        close_old_connections()
