"""What the seal adds to a document: reading the certificate, the signature and the tags, beside printing the document.

Both sides are the same signed report, in turns; no time is stamped, which is another server's work. What the document
and its signatures are read from the database counts for neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils import timezone

from reports.actions.sending import mark_of
from reports.choices import Decision
from reports.codes import new_code
from reports.content import Act, Content, Endorsement
from reports.document.pdf import render_pdf
from reports.exports import attached
from reports.seal.certificates import certificate_of
from reports.seal.signing import seal_pdf
from tests.bench.rounds import medians, seconds
from tests.bench.seed import Seeded

ROUNDS = 21
SIGNED = datetime(2024, 12, 27, 7, 5, tzinfo=UTC)
MOMENT = "๒๗ ธันวาคม ๒๕๖๗ เวลา ๑๔.๐๕ น."


def run(town: Seeded) -> Iterator[tuple[str, float]]:
    """The ratio, and the seal alone in milliseconds of this machine."""
    content, mark = town.content, mark_of(new_code())
    signed, acts = _signed(content)

    def render() -> bytes:
        return render_pdf(
            content, stage="sealed", endorsements=signed, attached=attached(content), mark=mark, acts=acts
        )

    pdf, at = render(), timezone.now()

    def seal() -> bytes:
        certificate = certificate_of(town.agency.slug, town.agency.name, at=at)
        return seal_pdf(
            pdf,
            certificate=certificate,
            at=at,
            words=f"ตราประทับอิเล็กทรอนิกส์ของ{town.agency.name}",
            reason="รับรองเอกสารฉบับลงนามครบทุกตำแหน่ง",
            location=town.agency.province,
        ).pdf

    found = medians({"render": seconds(render), "seal": seconds(seal)}, rounds=ROUNDS)
    yield "sign.seal.vs_render", round(found["seal"] / found["render"], 3)
    yield "sign.seal.ms", round(found["seal"] * 1000, 2)


def _signed(content: Content) -> tuple[tuple[Endorsement, ...], tuple[Act, ...]]:
    """Everybody's decision as the form and as the log print it."""
    signed = tuple(
        Endorsement(s.order, "นายตัวอย่าง หนึ่ง", (s.position,), s.words, s.addressed_to, MOMENT, "")
        for s in content.signers
    )
    acts = tuple(
        Act(
            order=str(s.order) if s.order else "ผู้จัดทำ",
            name="นายตัวอย่าง หนึ่ง",
            position=s.position,
            acting="",
            pressed=Decision.ENDORSED.label,
            at=MOMENT,
            proof="รหัสผ่าน",
            seen="a" * 64,
            hash="b" * 64,
        )
        for s in content.signers
    )
    return signed, acts
