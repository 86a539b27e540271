"""Which forms have been acted on, so that a repeated request is one act with the same answer."""

from __future__ import annotations

from django.db import models

from measures.models.people import Person

FIELD = "request_key"
"""The hidden field that carries a form's key."""


class Receipt(models.Model):
    """The answer already given to a form's key. Kept with the act, in its transaction."""

    key = models.UUIDField(unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    location = models.CharField(max_length=1000)
    message = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "ใบรับคำขอ"
