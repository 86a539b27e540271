"""What is counted and remembered for a while, by all processes alike: tries, and codes that were used."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """A count or a small value under ``key`` that means nothing after ``until`` (seconds since 1970).

    Written by single statements only (``measures.actions.trying``, ``ita_portal.shared_cache``).
    """

    key = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    value = models.TextField(blank=True)
    until = models.FloatField(db_index=True)

    class Meta:
        verbose_name = "ตัวนับ"

    def __str__(self) -> str:
        return f"{self.key}: {self.number}"
