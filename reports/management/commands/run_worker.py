"""``manage.py run_worker``: send letters, make seals, remind, publish at the hour set, until stopped."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.actions.regular import REGULAR
from reports.management.worker import Worker


class Command(BaseCommand):
    help = "Work off the queue and, each minute, what falls due: letters, seals, reminders. Ctrl-C stops."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what there is to do and end, for cron")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker(REGULAR)
        if once:
            worker.run_once()
            return
        worker.stop_on_signals()
        worker.run()
