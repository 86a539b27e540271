"""What reports know to wait for a person who leaves: told to ``measures``, which knows no reports."""

from __future__ import annotations

from datetime import date

from measures.models import Person
from measures.queries.people import held_by, waiting_elsewhere
from reports.choices import Stage
from reports.models import SignOff


def reports_waiting_for(person: Person, today: date) -> list[str]:
    """Reports in the chain that come, or will come, to a position of the person."""
    places = (
        SignOff.objects.filter(
            position__in=held_by(person, today).values("position"),
            revision__stage=Stage.SIGNING,
            decision="",
        )
        .select_related("revision__report__plan", "position")
        .order_by("revision", "order")
    )
    return [
        f"รายงานปีงบประมาณ พ.ศ. {place.revision.report.plan.fiscal_year} "
        + (
            f"รอ{place.position}ลงนามอยู่ในขณะนี้"
            if place.revision.turn == place.order
            else f"จะมาถึง{place.position}ตามลำดับ"
        )
        + " และจะค้างอยู่จนกว่าจะมีผู้ดำรงตำแหน่งหรือผู้ปฏิบัติหน้าที่แทน"
        for place in places
    ]


waiting_elsewhere[:] = [reports_waiting_for]
