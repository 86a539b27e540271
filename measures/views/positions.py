"""Positions, who holds them or acts for them, and the agency's usual chain."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.actions import agencies as actions
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.forms.fields import understood
from measures.forms.positions import AppointmentForm, PositionForm, chain_formset
from measures.models import Appointment, Position
from measures.queries.setup import positions_today
from measures.views.guard import DeskRequest, desk
from measures.views.once import once
from measures.views.setup import administered


@require_safe
@desk
def positions(request: DeskRequest) -> HttpResponse:
    """Every position with who fills it today, and the chain."""
    agency = administered(request)
    chain = agency.chain.select_related("position")
    context = {"positions": positions_today(agency, request.access.today), "chain": chain}
    return render(request, "desk/setup/positions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def position_new(request: DeskRequest) -> HttpResponseBase:
    """Add a position."""
    return _position(request, Position(agency=administered(request)), "เพิ่มตำแหน่ง")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def position_edit(request: DeskRequest, position_id: int) -> HttpResponseBase:
    """Rename a position."""
    return _position(request, _of_agency(request, position_id), "แก้ไขชื่อตำแหน่ง")


def _position(request: DeskRequest, position: Position, heading: str) -> HttpResponseBase:
    form = PositionForm(request.POST or None, instance=position, agency=position.agency)
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            saved = actions.save_position(position=form.instance, by=request.user, at=timezone.now())
            return reverse("position", args=[saved.pk]), f"บันทึกตำแหน่ง {saved} แล้ว"

        return once(request, act)
    context = {"form": form, "heading": heading, "button": "บันทึก", "back": reverse("positions")}
    return render(request, "desk/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def position(request: DeskRequest, position_id: int) -> HttpResponseBase:
    """One position: who has filled it since when, and a form for the next."""
    place = _of_agency(request, position_id)
    form = AppointmentForm(request.POST or None, position=place)
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            made = actions.appoint(appointment=form.instance, by=request.user, at=timezone.now())
            return reverse(
                "position", args=[place.pk]
            ), f"บันทึกให้{made.person} {made.get_kind_display()}{place}แล้ว{understood(form)}"

        try:
            return once(request, act)
        except Refused as refusal:
            form.add_error("starts", str(refusal))
    context = {"position": place, "form": form, "appointments": place.appointments.select_related("person")}
    return render(request, "desk/setup/position.html", context)


@require_POST
@desk
def appointment_end(request: DeskRequest, appointment_id: int) -> HttpResponseBase:
    """End a term today."""
    agency = administered(request)
    appointment = get_object_or_404(
        Appointment.objects.select_related("position", "person"), pk=appointment_id, position__agency=agency
    )

    def act() -> tuple[str, str]:
        now = timezone.now()
        actions.end_appointment(appointment=appointment, ends=bangkok_date(now), by=request.user, at=now)
        return reverse(
            "position", args=[appointment.position_id]
        ), f"บันทึกว่า {appointment.person} พ้นตำแหน่งวันนี้แล้ว"

    try:
        return once(request, act)
    except Refused as refusal:
        place = appointment.position
        context = {
            "position": place,
            "form": AppointmentForm(position=place),
            "appointments": place.appointments.select_related("person"),
            "refusal": refusal,
        }
        return render(request, "desk/setup/position.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def chain_edit(request: DeskRequest) -> HttpResponseBase:
    """The agency's usual chain, the author first."""
    agency = administered(request)
    initial = [
        {
            "order": link.order,
            "position": link.position_id,
            "addressed_to": link.addressed_to,
            "words": link.words,
        }
        for link in agency.chain.all()
    ]
    formset = chain_formset(
        request.POST or None, initial=initial, positions=Position.objects.filter(agency=agency)
    )
    if request.method == "POST" and formset.is_valid():

        def act() -> tuple[str, str]:
            links = [
                actions.Link(row["position"], row["addressed_to"], row["words"]) for row in formset.rows()
            ]
            actions.set_chain(agency=agency, links=links, by=request.user, at=timezone.now())
            return reverse("positions"), "บันทึกลำดับการลงนามแล้ว รายงานที่จัดทำไว้แล้วยังใช้ลำดับเดิม"

        return once(request, act)
    return render(request, "desk/setup/chain.html", {"formset": formset})


def _of_agency(request: DeskRequest, position_id: int) -> Position:
    return get_object_or_404(Position, pk=position_id, agency=administered(request))
