"""Note where every chain of the trail stands and write to those who are to keep it; the worker does so each day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from measures.actions.heads import publish_heads


class Command(BaseCommand):
    help = "Anchor every chain of the trail, once a day each, and put the letters into the outbox; again does nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for each in publish_heads(at=timezone.now()):
            self.stdout.write(str(each.known))
