"""The officer's page of one round of signing: who has it since when, what may hold it up, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from audit.models import Event
from measures.choices import LetterKind
from measures.dates import moment_label
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import Appointment, Letter
from measures.views.guard import DeskRequest, desk, require
from measures.views.once import once
from reports.actions.deciding import acting_order, acting_title
from reports.actions.recalling import LONGEST_REASON, recall
from reports.actions.reminding import remind
from reports.actions.terms import AHEAD, Hazard, hazards, pending, waiting_places
from reports.choices import Decision, Stage
from reports.models import Revision, SignOff
from reports.permissions import ReportAccess
from reports.queries import appointments_on, revisions_with_chain
from reports.views.desk import OFFICERS_ONLY, READERS_ONLY
from reports.views.shown import State, short_hash, state_of, waited
from reports.views.signing import revision_or_404

_VERBS = {
    Decision.SENT: "เสนอลงนาม",
    Decision.ENDORSED: "ลงนาม",
    Decision.RETURNED: "ส่งกลับแก้ไข",
}


@dataclass(frozen=True)
class Step:
    """A place in the chain as the officer follows it: who fills it today, and what has happened there."""

    place: SignOff
    tone: str
    mark: str
    lines: tuple[str, ...]
    people: tuple[str, ...]
    facts: tuple[str, ...]
    is_here: bool = False
    hazards: tuple[Hazard, ...] = ()


@dataclass(frozen=True)
class Round:
    """A revision among the others of its report: its number, its hash, and what became of it."""

    revision: Revision
    state: State
    code: str
    is_this: bool


@require_safe
@desk
def revision_tracking(request: DeskRequest, revision_id: int) -> HttpResponse:
    """Follow one round."""
    return _page(request, _found(request, revision_id))


@require_safe
@desk
def revision_sent(request: DeskRequest, revision_id: int) -> HttpResponse:
    """That it was sent, under which number, and what happens next."""
    found = _found(request, revision_id)
    waiting = pending(found)
    filling = appointments_on(request.access.today, (s.position_id for s in waiting[:1]))
    context = {
        "revision": found,
        "content": found.read(),
        "first": waiting[0] if waiting else None,
        "people": filling.get(waiting[0].position_id, ()) if waiting else (),
        "rest": waiting[1:],
        "code": short_hash(found.content_sha256),
        "line_text": _line_text(found),
        "may_recall": ReportAccess(request.access, found).may_recall,
    }
    return render(request, "desk/signing/sent.html", context)


@require_POST
@desk
def revision_remind(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """Remind whoever holds it up; once a day."""
    found = _found(request, revision_id)
    require(request.access.is_officer, OFFICERS_ONLY)

    def act() -> tuple[str, str]:
        place = remind(revision=found, by=request.user, at=timezone.now())
        return reverse("revision_tracking", args=[found.pk]), f"เตือน{place.position_title}แล้ว"

    try:
        return once(request, act)
    except Refused as refusal:
        return _page(request, found, refused=str(refusal), status=409)


@require_POST
@desk
def revision_recall(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """Take it back from the first position, to be edited again."""
    found = _found(request, revision_id)
    require(request.access.is_officer, OFFICERS_ONLY)

    def act() -> tuple[str, str]:
        recall(revision=found, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
        return reverse("report", args=[found.report_id]), (
            f"ดึงฉบับที่ {found.number} กลับแล้ว แก้ไขรายงานแล้วเสนอใหม่ได้ ผู้ที่รอลงนามจะได้รับแจ้ง"
        )

    try:
        return once(request, act)
    except Refused as refusal:
        return _page(request, revision_or_404(request, found.pk), refused=str(refusal), status=409)


def _found(request: DeskRequest, revision_id: int) -> Revision:
    found = revision_or_404(request, revision_id)
    require(request.access.may_read_plan, READERS_ONLY)
    return found


def _page(request: DeskRequest, found: Revision, *, refused: str = "", status: int = 200) -> HttpResponse:
    access, now, today = ReportAccess(request.access, found), timezone.now(), request.access.today
    waiting = pending(found)
    filling = appointments_on(today, (s.position_id for s in waiting))
    warned = hazards(waiting_places(found), today, today + AHEAD) if waiting else []
    steps = [_step(found, s, filling.get(s.position_id, ()), warned, now) for s in found.signoffs.all()]
    here = next((step for step in steps if step.is_here), None)
    rounds = _rounds(found)
    context = {
        "revision": found,
        "content": found.read(),
        "access_to_report": access,
        "state": state_of(found),
        "steps": steps,
        "here": here,
        "here_facts": _facts_of_waiting(here.place, now)[1:] if here else [],
        "waited": waited(here.place.waiting_since, now) if here else "",
        "reminded_today": _is_today(here.place.reminded_at, now) if here else False,
        "warned": warned,
        "rounds": rounds,
        "line_text": _line_text(found) if here else "",
        "longest_reason": LONGEST_REASON,
        "recalled_by": _recalled_by(found),
        "returned": next((s for s in found.signoffs.all() if s.decision == Decision.RETURNED), None),
        "refused": refused,
        "back": reverse("revision_tracking", args=[found.pk]),
        "newer": next((r.revision for r in rounds if r.revision.number > found.number), None),
    }
    return render(request, "desk/signing/tracking.html", context, status=status)


def _step(
    revision: Revision, place: SignOff, filling: tuple[Appointment, ...], warned: list[Hazard], now: datetime
) -> Step:
    mark = str(place.order) if place.order else "✎"
    if place.decided_at:
        back = place.decision == Decision.RETURNED
        facts = [f"{_VERBS[Decision(place.decision)]}เมื่อวันที่ {moment_label(place.decided_at)}"]
        if place.order and place.waiting_since:
            facts.append(f"เรื่องมาถึงวันที่ {moment_label(place.waiting_since)}")
        if place.acting_order:
            facts.append(f"ตาม{place.acting_order}")
        facts.append(f"ยืนยันตัวตน: {place.get_proof_display()}")
        tone, mark = ("back", "↩") if back else ("ok", "✓")
        return Step(place, tone, mark, place.position_lines, (place.person_name,), tuple(facts))
    if revision.stage != Stage.SIGNING:
        return Step(place, "", mark, (place.position_title,), (), ("ไม่ได้ลงนามในฉบับนี้",))
    here = revision.turn == place.order
    people = tuple(_named(appointment) for appointment in filling)
    facts = _facts_of_waiting(place, now) if here else []
    mine = tuple(hazard for hazard in warned if hazard.order == place.order)
    return Step(place, "now" if here else "", mark, (place.position_title,), people, tuple(facts), here, mine)


def _facts_of_waiting(place: SignOff, now: datetime) -> list[str]:
    facts = []
    if place.waiting_since:
        facts.append(
            f"รอลงนามตั้งแต่วันที่ {moment_label(place.waiting_since)} ({waited(place.waiting_since, now)})"
        )
    facts.append(f"เปิดอ่านครั้งแรกเมื่อวันที่ {moment_label(place.opened_at)}" if place.opened_at else "ยังไม่ได้เปิดอ่าน")
    if place.reminded_at:
        facts.append(f"เตือนครั้งล่าสุดเมื่อวันที่ {moment_label(place.reminded_at)}")
    return facts


def _named(appointment: Appointment) -> str:
    acting = acting_title(appointment)
    return (
        f"{appointment.person} ({acting} ตาม{acting_order(appointment)})"
        if acting
        else str(appointment.person)
    )


def _is_today(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and bangkok_date(moment) == bangkok_date(now)


def _rounds(found: Revision) -> list[Round]:
    """Every revision of the report, the newest first."""
    revisions = revisions_with_chain().filter(report=found.report_id).order_by("-number")
    return [Round(r, state_of(r), short_hash(r.content_sha256), r.pk == found.pk) for r in revisions]


def _line_text(found: Revision) -> str:
    """The newest three lines for LINE about the turn that waits."""
    asking = Letter.objects.filter(
        kind__in=[LetterKind.TURN, LetterKind.REMINDER], key__startswith=f"revision:{found.pk}:"
    )
    return asking.order_by("-pk").values_list("line_text", flat=True).first() or ""


def _recalled_by(found: Revision) -> str:
    """Who took it back, from the trail."""
    if found.stage != Stage.RECALLED:
        return ""
    event = Event.objects.about("revision", found.pk).filter(act="revision.recalled").first()
    return event.actor_name if event else ""
