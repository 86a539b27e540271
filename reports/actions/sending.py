"""Freeze a report and send it for signing, which is its author's own signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from audit.actions import record
from measures.errors import Changed, Refused
from measures.fiscal import bangkok_date
from measures.models import Person
from measures.storage import keep, read
from reports.actions.agreeing import sending_agreement
from reports.actions.deciding import Proof, decide
from reports.actions.telling import tell_turn
from reports.choices import Decision, ProofKind, Stage
from reports.codes import new_code, shown
from reports.compose import compose
from reports.compose.checks import Place, blocking
from reports.content import Content, Mark
from reports.document.fonts import Unprintable
from reports.document.pdf import page_count, render_pdf
from reports.exports import attached
from reports.models import Report, Revision, SignOff
from reports.queries import appointments_on

CHANGED = "ข้อมูลของรายงานมีการแก้ไขหลังจากที่ท่านเปิดหน้านี้ ระบบจึงยังไม่ได้เสนอลงนาม กรุณาตรวจอีกครั้งแล้วเสนอใหม่"


@dataclass(frozen=True)
class Prepared:
    """A report as it would be frozen: its content, and the PDF that will be presented (kept under its hash)."""

    content: Content
    code: str
    presented_sha256: str
    pages: int


def prepare(report: Report, *, on: date | None = None) -> Prepared:
    """Compose and render what would be presented. Slow, and therefore outside any transaction.

    ``on`` is the day it will be sent, today by default. Raises ``Refused`` where it cannot be printed: a letter that
    no font has, or too long.
    """
    content = compose(report, on=on)
    try:
        code = new_code()
        pdf = draw(content, code=code)
    except Unprintable as error:
        raise Refused(str(error)) from error
    return Prepared(content, code, keep([pdf]).sha256, page_count(pdf))


def draw(content: Content, *, code: str) -> bytes:
    """The PDF that is presented of ``content``; the same bytes each time. Raises ``Unprintable``."""
    return render_pdf(
        content, stage="presented", emblem=emblem_of(content), attached=attached(content), mark=mark_of(code)
    )


@transaction.atomic
def send_report(
    *, report: Report, prepared: Prepared, version: int, by: Person, at: datetime, proof: Proof, agreed: str
) -> Revision:
    """Freeze ``prepared`` as the next revision and give it to the first position of the chain.

    ``proof`` and ``agreed`` as for an endorsement; the sentence is :func:`agreed_by_sending`.
    Raises ``Changed`` where the report or its plan is no longer what was prepared, ``Refused`` where
    something is missing, a position is vacant, or a revision is still in the chain.
    """
    locked = Report.objects.select_for_update().get(pk=report.pk)
    day = bangkok_date(at)
    _refuse_repetition(locked, prepared)
    if locked.version != version or compose(locked, on=day) != prepared.content:
        raise Changed(CHANGED)
    places = chain_of(locked, day)
    if remarks := blocking(prepared.content, places, by):
        raise Refused(" ".join(remark.sentence for remark in remarks))
    revision = _freeze(locked, prepared, places, at)
    author = next(a for a in places[0].appointments if a.person_id == by.pk)
    if (agreed or proof.kind != ProofKind.SESSION) and agreed != sending_agreement(prepared.content, author):
        raise Changed(CHANGED)
    decide(
        revision,
        revision.signoffs.get(order=0),
        Decision.SENT,
        appointment=author,
        words="",
        at=at,
        proof=proof,
        agreed=agreed,
    )
    record(
        "report.sent",
        agency_id=author.position.agency_id,
        by=by,
        at=at,
        about=locked,
        revision=revision.number,
        content_sha256=revision.content_sha256,
        presented_sha256=revision.presented_sha256,
    )
    tell_turn(revision, at=at)
    return revision


def agreed_by_sending(content: Content, places: list[Place], by: Person) -> str:
    """The sentence that ``by`` agrees to by sending ``content``; "" for who does not fill the author's position."""
    mine = [a for place in places[:1] for a in place.appointments if a.person_id == by.pk]
    return sending_agreement(content, mine[0]) if mine else ""


def chain_of(report: Report, day: date) -> list[Place]:
    """The report's chain with who fills each position on a day; two statements."""
    signers = list(report.signers.select_related("position").order_by("order"))
    filling = appointments_on(day, (signer.position_id for signer in signers))
    return [
        Place(s.order, s.position, s.addressed_to, s.words, filling.get(s.position_id, ())) for s in signers
    ]


def emblem_of(content: Content) -> bytes | None:
    """The emblem the content was frozen with, as PNG; None where the placeholder stands in."""
    sha256 = content.agency.emblem_sha256
    return read(sha256) if sha256 else None


def mark_of(code: str) -> Mark:
    """What stands on the pages of the document with this code."""
    return Mark(shown(code), f"{settings.PUBLIC_URL}/v/{shown(code)}")


def _refuse_repetition(report: Report, prepared: Prepared) -> None:
    latest = report.revisions.order_by("-number").first()
    if latest is None:
        return
    if latest.stage == Stage.SIGNING:
        raise Refused(f"รายงานฉบับที่ {latest.number} อยู่ระหว่างลงนาม จึงเสนอฉบับใหม่ไม่ได้จนกว่าจะลงนามครบหรือส่งกลับแก้ไข")
    if latest.stage == Stage.SIGNED and latest.content_sha256 == prepared.content.sha256():
        raise Refused(f"ฉบับที่ {latest.number} ลงนามครบแล้วและเนื้อหาไม่ได้เปลี่ยนแปลง จึงไม่ต้องเสนอลงนามอีก")


def _freeze(report: Report, prepared: Prepared, places: list[Place], at: datetime) -> Revision:
    number = report.revisions.aggregate(last=Max("number"))["last"] or 0
    first = min(place.order for place in places if place.order)
    revision = Revision.objects.create(
        report=report,
        number=number + 1,
        code=prepared.code,
        turn=first,
        content=prepared.content.canonical_json(),
        content_sha256=prepared.content.sha256(),
        presented_sha256=prepared.presented_sha256,
        pages=prepared.pages,
        sent_at=at,
    )
    SignOff.objects.bulk_create(
        SignOff(
            revision=revision,
            order=place.order,
            position=place.position,
            position_title=place.position.title,
            addressed_to=place.addressed_to,
            usual_words=place.words,
            waiting_since=at if place.order == first else None,
        )
        for place in places
    )
    return revision
