"""Write one position's decision into its place, tied by hash to what was seen and to the decision before it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from measures.choices import Acting
from measures.dates import long_date
from measures.errors import Refused
from measures.models import Appointment
from reports.chain import bind, link_hash
from reports.choices import Decision, ProofKind
from reports.document.engine import font_directory
from reports.document.fonts import UnprintableText, check_printable
from reports.models import Revision, SignOff


@dataclass(frozen=True)
class Proof:
    """How the person proved who they are for this one signature; ``json`` is what can be checked again, no secret."""

    kind: ProofKind
    json: str = ""


SIGNED_IN = Proof(ProofKind.SESSION)
"""No more than that somebody was signed in: what a plan file tells of the past, never what a person signs with."""


def decide(
    revision: Revision,
    signoff: SignOff,
    decision: Decision,
    *,
    appointment: Appointment,
    words: str,
    at: datetime,
    proof: Proof,
    agreed: str,
    places: Sequence[dict[str, str]] = (),
    previous: str = "",
) -> SignOff:
    """Fill in ``signoff``. The caller holds the turn: nobody else can decide at the same moment.

    ``previous`` is the hash of the decision before it. Raises ``Refused`` where the sealed document could not print
    who decided.
    """
    signoff.decision, signoff.words, signoff.decided_at = decision, words, at
    # Copied, not joined: the mayor of 2568 stays mayor on paper.
    signoff.person, signoff.person_name = appointment.person, appointment.person.full_name
    signoff.acting_title, signoff.acting_order = acting_title(appointment), acting_order(appointment)
    _check_printable(signoff)
    signoff.proof, signoff.proof_json, signoff.agreed = proof.kind, proof.json, agreed
    signoff.places = list(places)
    signoff.previous_hash = previous
    signoff.bound = bind(
        previous=signoff.previous_hash,
        content_sha256=revision.content_sha256,
        presented_sha256=revision.presented_sha256,
        order=signoff.order,
        decision=str(decision),
        position=signoff.position_title,
        person=appointment.person_id,
        name=signoff.person_name,
        acting=f"{signoff.acting_title} {signoff.acting_order}".strip(),
        words=words,
        at=at.isoformat(),
        proof=str(proof.kind),
        proof_sha256=hashlib.sha256(proof.json.encode()).hexdigest(),
        agreed=agreed,
        places=[place["key"] for place in places],
    )
    signoff.hash = link_hash(signoff.bound)
    signoff.save()
    return signoff


def _check_printable(signoff: SignOff) -> None:
    """What is copied into a signature can be mended by nobody afterwards."""
    try:
        check_printable(signoff.person_name + signoff.acting_title + signoff.acting_order, font_directory())
    except UnprintableText as error:
        raise Refused(
            "ชื่อ ตำแหน่ง หรือคำสั่งของท่านในระบบมีอักขระที่พิมพ์ในเอกสารไม่ได้ ระบบจึงยังไม่บันทึก กรุณาแจ้งผู้ดูแลระบบของหน่วยงานให้แก้ไข "
            f"({error})"
        ) from error


def acting_title(appointment: Appointment) -> str:
    """ "รองปลัดเทศบาล รักษาราชการแทน", the first of the two lines; "" for the holder."""
    if appointment.kind == Acting.HOLDER:
        return ""
    return f"{appointment.own_title} {appointment.get_kind_display()}".strip()


def acting_order(appointment: Appointment) -> str:
    """ "คำสั่งเทศบาลตำบล… ที่ 412/2567 ลงวันที่ 20 ธันวาคม 2567"; "" for the holder."""
    if appointment.kind == Acting.HOLDER or appointment.order_date is None:
        return ""
    return (
        f"คำสั่ง{appointment.order_issuer} ที่ {appointment.order_number} "
        f"ลงวันที่ {long_date(appointment.order_date)}"
    )
