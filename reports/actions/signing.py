"""Decide on a revision whose turn has come: endorse it or return it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit.actions import record
from measures.choices import Acting
from measures.errors import Changed, Refused
from measures.fiscal import bangkok_date
from measures.models import Appointment, Person
from measures.thai import canonical
from reports.actions.agreeing import ANOTHER_SENTENCE, agreement
from reports.actions.deciding import Proof, decide
from reports.actions.finishing import finish_later
from reports.actions.refusing import NOT_YOURS, changed, no_longer, out_of_turn
from reports.actions.telling import tell_returned, tell_signed, tell_turn
from reports.chain import stage_after
from reports.choices import Decision, ProofKind, Stage
from reports.compose.places import WHOLE, Spot, chosen
from reports.document.engine import font_directory
from reports.document.fonts import UnprintableText, check_printable
from reports.models import Revision, SignOff

LONGEST_WORDS = 2000
REASON_MISSING = "กรุณาระบุเหตุผลที่ส่งกลับ ผู้จัดทำจะเห็นข้อความนี้ข้างจุดที่ต้องแก้ไข"
PLACE_MISSING = "กรุณาเลือกส่วนของเอกสารที่ต้องแก้ไขอย่างน้อยหนึ่งส่วน หรือเลือกเอกสารทั้งฉบับ"
PLACE_UNKNOWN = "ส่วนของเอกสารที่เลือกไม่มีในฉบับนี้ กรุณาเลือกใหม่"


@dataclass(frozen=True)
class Seen:
    """What the person had before them: the revision's hash, and the place in the chain where known."""

    sha256: str
    turn: int | None


@dataclass(frozen=True)
class Act:
    """What somebody decides with: the words, and the places of the document that a return speaks of."""

    decision: Decision
    words: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Turn:
    """A decision that may be made now: on what, at which place of which chain, by what right, and what follows."""

    revision: Revision
    place: SignOff
    chain: dict[int, SignOff]
    appointment: Appointment
    stage: Stage

    def agreed(self, act: Act) -> str:
        """The sentence of deciding so."""
        labels = [spot.label for spot in act.spots]
        return agreement(
            self.revision, self.place, self.appointment, act.decision, words=act.words, places=labels
        )


@dataclass(frozen=True)
class Question:
    """What stands before somebody who is about to decide: their place, the words made canonical, and the sentence."""

    place: SignOff
    words: str
    spots: tuple[Spot, ...]
    agreed: str


def question(
    *,
    revision: Revision,
    decision: Decision,
    words: str,
    seen_sha256: str,
    by: Person,
    at: datetime,
    turn: int | None = None,
    places: Sequence[str] = (),
    right: Appointment | None = None,
) -> Question:
    """What ``by`` would agree to by this decision on ``revision`` as just read; the refusals of the decision itself.

    ``right`` is by what they may decide, where that is known already.
    """
    act = _act(revision, decision, words, places)
    here = _turn(revision, decision, Seen(seen_sha256, turn), by, at, right)
    return Question(here.place, act.words, act.spots, here.agreed(act))


@transaction.atomic
def endorse(
    *,
    revision: Revision,
    words: str,
    seen_sha256: str,
    by: Person,
    at: datetime,
    proof: Proof,
    agreed: str,
    turn: int | None = None,
) -> SignOff:
    """Sign ``revision`` for the position whose turn it is, with ``words`` (may be empty).

    ``seen_sha256`` is the :attr:`Revision.seen_sha256` that was displayed, and ``turn``, where given, the place
    it was displayed for: who holds two positions signs each in its turn, never the second by an old page.
    ``proof`` says how the person proved who they are for this very signature, ``agreed`` is the sentence they were
    shown (:func:`question`); it may be empty only where the past is told (``SIGNED_IN``).
    Raises ``Changed`` where any of that is no longer what waits, ``Refused`` out of turn, a second time, or without
    the position.
    """
    act = _act(revision, Decision.ENDORSED, words, ())
    return _take_turn(revision, act, Seen(seen_sha256, turn), by, at, proof, agreed)


@transaction.atomic
def return_revision(
    *,
    revision: Revision,
    reason: str,
    seen_sha256: str,
    by: Person,
    at: datetime,
    proof: Proof,
    agreed: str,
    turn: int | None = None,
    places: Sequence[str] = (WHOLE,),
) -> SignOff:
    """Send ``revision`` back to its author with a reason, which ends it; the rest as for :func:`endorse`.

    ``places`` are keys of the places of the document that it speaks of (``reports.compose.places``).
    """
    act = _act(revision, Decision.RETURNED, reason, places)
    return _take_turn(revision, act, Seen(seen_sha256, turn), by, at, proof, agreed)


def _act(revision: Revision, decision: Decision, words: str, places: Sequence[str]) -> Act:
    """What was chosen and written, checked. Raises ``Refused``."""
    if decision is not Decision.RETURNED:
        return Act(decision, _checked(words))
    if not canonical(words, multiline=True):
        raise Refused(REASON_MISSING)
    if not places:
        raise Refused(PLACE_MISSING)
    try:
        return Act(decision, _checked(words), tuple(chosen(revision.read(), list(places))))
    except KeyError as error:
        raise Refused(PLACE_UNKNOWN) from error


def _take_turn(
    revision: Revision, act: Act, seen: Seen, by: Person, at: datetime, proof: Proof, agreed: str
) -> SignOff:
    here, turn = _taken(revision, act, seen, by, at, proof, agreed)
    now, place, stage = here.revision, here.place, here.stage
    decide(
        now,
        place,
        act.decision,
        appointment=here.appointment,
        words=act.words,
        at=at,
        proof=proof,
        agreed=agreed,
        places=[{"key": spot.key, "label": spot.label} for spot in act.spots],
        previous=here.chain[max(order for order in here.chain if order < place.order)].hash,
    )
    now.stage, now.turn = stage, turn
    _go_on(now, stage, turn, at)
    _write(now, place, by, at)
    return place


def _taken(
    revision: Revision, act: Act, seen: Seen, by: Person, at: datetime, proof: Proof, agreed: str
) -> tuple[Turn, int]:
    """Take the turn, and say whose the next one is (the same where there is none).

    What of a revision stands before a turn never changes, so what was read earlier holds as long as the turn is the
    same, which taking it proves. Where it is not, or anything stands against it, what stands now decides and says why.
    """
    for now in (revision, None):
        anew = now is None
        try:
            here = _turn(now or _read_anew(revision), act.decision, seen, by, at)
            if (agreed or proof.kind != ProofKind.SESSION) and agreed != here.agreed(act):
                raise Changed(ANOTHER_SENTENCE)
        except Refused:
            if anew:
                raise
            continue
        goes_on = here.stage is Stage.SIGNING
        turn = min(o for o in here.chain if o > here.revision.turn) if goes_on else here.revision.turn
        # Checked and acted in one statement: of two who press at the same moment the database lets one through.
        still = Revision.objects.filter(pk=revision.pk, stage=here.revision.stage, turn=here.revision.turn)
        if still.update(stage=here.stage, turn=turn) == 1:
            return here, turn
    raise no_longer(Revision.objects.get(pk=revision.pk), by)


def _read_anew(revision: Revision) -> Revision:
    found = Revision.objects.select_related("report__plan__agency").prefetch_related("signoffs")
    return found.get(pk=revision.pk)


def _turn(
    now: Revision,
    decision: Decision,
    seen: Seen,
    by: Person,
    at: datetime,
    right: Appointment | None = None,
) -> Turn:
    """The decision that ``by`` may make on ``now``, as it stands. Raises what stands against it."""
    if by.agency_id != now.report.plan.agency_id:
        raise Refused(NOT_YOURS)
    chain = {signoff.order: signoff for signoff in now.signoffs.all()}
    stage = stage_after(Stage(now.stage), decision, turn=now.turn, last=max(chain))
    if stage is None or seen.turn not in (None, now.turn):
        raise no_longer(now, by)
    place = chain[now.turn]
    appointment = right or _right(now, place, by, at)
    if seen.sha256 != now.seen_sha256:
        raise Changed(changed(now))
    return Turn(now, place, chain, appointment, stage)


def _go_on(revision: Revision, stage: Stage, turn: int, at: datetime) -> None:
    if stage is Stage.SIGNING:
        revision.signoffs.filter(order=turn).update(waiting_since=at)
        tell_turn(revision, at=at)
    if stage is Stage.RETURNED:
        tell_returned(revision, revision.signoffs.get(order=turn), at=at)
    if stage is Stage.SIGNED:
        tell_signed(revision, at=at)
        # Rendering is slow and may fail; the signature stands all the same, and publishing seals what is not sealed.
        finish_later(revision)


def _write(revision: Revision, place: SignOff, by: Person, at: datetime) -> None:
    record(
        f"revision.{place.decision}",
        agency_id=revision.report.plan.agency_id,
        by=by,
        at=at,
        about=revision,
        number=revision.number,
        order=place.order,
        position=place.position_title,
        acting=place.acting_title,
        hash=place.hash,
    )


def _checked(words: str) -> str:
    """The words made canonical. Raises ``Refused`` where they are too long or cannot be printed."""
    words = canonical(words, multiline=True)
    if len(words) > LONGEST_WORDS:
        raise Refused(f"ข้อความยาวเกิน {LONGEST_WORDS:,} ตัวอักษร กรุณาย่อข้อความ")
    try:
        check_printable(words, font_directory())
    except UnprintableText as error:
        raise Refused(str(error)) from error
    return words


def _right(revision: Revision, place: SignOff, by: Person, at: datetime) -> Appointment:
    """By what ``by`` decides for ``place``: as holder, else acting. Raises ``Refused`` with what stands against it."""
    day = bangkok_date(at)
    in_force = list(by.appointments.on(day).filter(position=place.position_id).select_related("person"))
    for appointment in sorted(in_force, key=lambda a: a.precedence):
        if appointment.kind == Acting.HOLDER or not _is_author(revision, by):
            return appointment
    if in_force:
        raise Refused(
            f"ท่านเป็นผู้จัดทำรายงานฉบับนี้ จึงลงนามแทน{place.position_title}ไม่ได้ "
            "กรุณาแจ้งผู้ดูแลระบบของหน่วยงานให้บันทึกคำสั่งแต่งตั้งผู้อื่น"
        )
    raise out_of_turn(revision, place, by)


def _is_author(revision: Revision, by: Person) -> bool:
    return revision.signoffs.filter(order=0, person=by).exists()
