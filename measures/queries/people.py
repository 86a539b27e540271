"""Questions about a person who leaves: what still waits for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet

from measures.models import Appointment, ChainLink, Person

Waiting = Callable[[Person, date], list[str]]

waiting_elsewhere: list[Waiting] = []
"""What other apps know to wait for a person, as sentences; they are put here when the portal starts."""


def held_by(person: Person, today: date) -> QuerySet[Appointment]:
    """The terms of a person that have not ended, though they may be closed or retired: nobody signs for these."""
    mine = person.appointments.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today)
    return mine.select_related("position")


def left_behind(person: Person, today: date) -> list[str]:
    """What would wait in vain for a person who cannot sign in, each as a sentence that says what to do."""
    in_chain = set(ChainLink.objects.filter(agency=person.agency_id).values_list("position_id", flat=True))
    held = held_by(person, today)
    sentences = [
        f"ยัง{appointment.get_kind_display()} {appointment.position}"
        + (" ซึ่งอยู่ในลำดับการลงนาม" if appointment.position_id in in_chain else "")
        + " กรุณาแต่งตั้งผู้อื่นหรือบันทึกวันสิ้นสุดในหน้าตำแหน่ง"
        for appointment in held
    ]
    return sentences + [sentence for ask in waiting_elsewhere for sentence in ask(person, today)]
