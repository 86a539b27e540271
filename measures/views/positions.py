"""Positions, who holds them or acts for them, and the agency's usual chain."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.actions import agencies as actions
from measures.choices import ReportKind
from measures.dates import long_date
from measures.errors import Changed, Refused
from measures.fiscal import bangkok_date
from measures.forms.fields import understood
from measures.forms.positions import (
    AppointmentForm,
    BaseChainFormSet,
    OrderForm,
    PositionForm,
    chain_formset,
    initial_rows,
)
from measures.models import Agency, Appointment, Position
from measures.queries.setup import positions_today
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once
from measures.views.setup import administered

APPOINTERS_ONLY = "หน้านี้เปิดให้เฉพาะนิติกรและผู้ดูแลระบบของหน่วยงาน"


@require_safe
@desk
def positions(request: DeskRequest) -> HttpResponse:
    """Every position with who fills it today, and the chain."""
    agency = administered(request)
    links = list(agency.chain.select_related("position"))
    context = {
        "positions": positions_today(agency, request.access.today),
        "chain": [link for link in links if not link.kind],
        "kinds": [
            {"kind": kind, "label": label, "chain": [link for link in links if link.kind == kind]}
            for kind, label in ReportKind.choices
        ],
    }
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
def acting_new(request: DeskRequest, position_id: int) -> HttpResponseBase:
    """Record an order by which somebody acts for a position: the officer, where a document or a leave asks for it."""
    agency = agency_of(request)
    require(request.access.is_officer or request.access.may_administer, APPOINTERS_ONLY)
    place = get_object_or_404(Position.objects.select_related("agency"), pk=position_id, agency=agency)
    form = OrderForm(request.POST or None, position=place, initial=_asked(request))
    back = _way_back(request, request.POST.get("back") or request.GET.get("back", ""))
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            made = actions.appoint(appointment=form.instance, by=request.user, at=timezone.now())
            days = " ถึงวันที่ ".join(long_date(day) for day in (made.starts, made.ends) if day)
            what = f"บันทึกให้{made.person} {made.get_kind_display()}{place} ตั้งแต่วันที่ {days} แล้ว"
            return back, what + understood(form)

        return once(request, act)
    context = {
        "position": place,
        "form": form,
        "back": back,
        "appointments": place.appointments.on(request.access.today).select_related("person"),
    }
    return render(request, "desk/setup/acting.html", context, status=400 if form.is_bound else 200)


def _asked(request: DeskRequest) -> dict[str, str]:
    """What the page that led here fills in: the days, and where to go back to."""
    return {name: request.GET[name][:300] for name in ("starts", "ends", "back") if request.GET.get(name)}


def _way_back(request: DeskRequest, asked: str) -> str:
    """An address of this desk, never of another host."""
    if asked.startswith("/desk/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("absences" if not request.access.may_administer else "positions")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def chain_edit(request: DeskRequest, kind: str = "") -> HttpResponseBase:
    """The agency's usual chain or that of one kind of report, the author first."""
    agency = administered(request)
    if kind and kind not in ReportKind.values:
        raise Http404
    # A kind that has none yet begins with the usual one, which is to be changed.
    initial = initial_rows(agency.chain.filter(kind=kind) or agency.chain.filter(kind=""))
    positions = Position.objects.filter(agency=agency)
    formset = chain_formset(request.POST or None, initial=initial, positions=positions)
    label = ReportKind(kind).label if kind else ""
    if request.method != "POST" or not formset.is_valid():
        seen = request.POST.get("seen") or actions.chain_mark(agency, kind)
        return _chain(request, agency, kind, formset, seen=seen)

    def act() -> tuple[str, str]:
        actions.set_chain(
            agency=agency,
            kind=kind,
            links=formset.links(),
            seen=request.POST.get("seen"),
            by=request.user,
            at=timezone.now(),
        )
        of = f"ของรายงาน{label}" if label else ""
        return reverse("positions"), f"บันทึกลำดับการลงนาม{of}แล้ว รายงานที่จัดทำไว้แล้วยังใช้ลำดับเดิม"

    try:
        return once(request, act)
    except Changed as changed:
        # What was typed stays and may be saved over the newer chain, which is shown above it.
        return _chain(request, agency, kind, formset, sentence=str(changed), status=409)


def _chain(
    request: DeskRequest,
    agency: Agency,
    kind: str,
    formset: BaseChainFormSet,
    *,
    seen: str = "",
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one chain; ``seen`` marks the chain that whoever edits it has before them, the present one if ""."""
    standing = agency.chain.filter(kind=kind).select_related("position")
    context = {
        "formset": formset,
        "label": ReportKind(kind).label if kind else "",
        "kind": kind,
        "has_own": bool(kind and standing),
        "seen": seen or actions.chain_mark(agency, kind),
        "sentence": sentence,
        "standing": standing,
    }
    return render(request, "desk/setup/chain.html", context, status=status)


@require_POST
@desk
def chain_remove(request: DeskRequest, kind: str) -> HttpResponseBase:
    """Let a kind of report take the usual chain again."""
    agency = administered(request)
    if kind not in ReportKind.values:
        raise Http404

    def act() -> tuple[str, str]:
        actions.set_chain(
            agency=agency,
            kind=kind,
            links=[],
            seen=request.POST.get("seen"),
            by=request.user,
            at=timezone.now(),
        )
        return reverse("positions"), f"รายงาน{ReportKind(kind).label}ใช้ลำดับการลงนามปกติแล้ว"

    try:
        return once(request, act)
    except Changed as changed:
        own = agency.chain.filter(kind=kind) or agency.chain.filter(kind="")
        positions = Position.objects.filter(agency=agency)
        formset = chain_formset(None, initial=initial_rows(own), positions=positions)
        return _chain(request, agency, kind, formset, sentence=str(changed), status=409)


def _of_agency(request: DeskRequest, position_id: int) -> Position:
    return get_object_or_404(Position, pk=position_id, agency=administered(request))
