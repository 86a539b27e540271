"""Render the sealed PDF after the last signature: the same content, with everybody's endorsement."""

from __future__ import annotations

from collections.abc import Iterable

from measures.dates import moment_label
from measures.errors import Refused
from measures.storage import keep
from measures.thai import thai_digits
from reports.actions.sending import emblem_of, mark_of
from reports.choices import Stage
from reports.content import Act, Endorsement
from reports.document.fonts import Unprintable
from reports.document.pdf import render_pdf
from reports.exports import attached
from reports.models import Revision, SignOff


def seal(revision: Revision) -> None:
    """Keep the sealed PDF of a revision that all have signed; once it is there, do nothing.

    Slow, and therefore outside any transaction. Raises ``Refused`` before the last signature, and where it cannot be
    printed: a letter that no font has in the name or the order of somebody who signed.
    """
    revision.refresh_from_db()
    if revision.sealed_sha256:
        return
    if revision.stage != Stage.SIGNED:
        raise Refused("ยังลงนามไม่ครบทุกตำแหน่ง จึงยังไม่มีเอกสารฉบับลงนาม")
    content = revision.read()
    signed = endorsements(revision.signoffs.all(), thai=content.thai_digits)
    try:
        pdf = render_pdf(
            content,
            stage="sealed",
            endorsements=signed,
            emblem=emblem_of(content),
            attached=attached(content),
            mark=mark_of(revision.code),
            acts=acts(revision, thai=content.thai_digits),
        )
    except Unprintable as error:
        raise Refused(str(error)) from error
    # Of two that seal at once the first stays; a sealed document never changes.
    Revision.objects.filter(pk=revision.pk, sealed_sha256="").update(sealed_sha256=keep([pdf]).sha256)
    revision.refresh_from_db()


def endorsements(signoffs: Iterable[SignOff], *, thai: bool) -> tuple[Endorsement, ...]:
    """Decisions as the document prints them, in order; ``thai`` for Thai digits."""
    digits = thai_digits if thai else str
    return tuple(
        Endorsement(
            order=signoff.order,
            name=signoff.person_name,
            position_lines=position_lines(signoff),
            words=signoff.words,
            addressed_to=signoff.addressed_to,
            signed_at=digits(moment_label(signoff.decided_at)),
            acting_order=digits(signoff.acting_order),
        )
        for signoff in signoffs
        if signoff.decided_at is not None
    )


def acts(revision: Revision, *, thai: bool) -> tuple[Act, ...]:
    """The signing log of a revision as its last page prints it; ``thai`` for Thai digits."""
    digits = thai_digits if thai else str
    return tuple(
        Act(
            order=digits(str(signoff.order)) if signoff.order else "ผู้จัดทำ",
            name=signoff.person_name,
            position=signoff.position_title,
            acting=digits(" ".join(filter(None, (signoff.acting_title, signoff.acting_order)))),
            pressed=digits(signoff.agreed) or signoff.get_decision_display(),
            at=digits(moment_label(signoff.decided_at)),
            proof=signoff.get_proof_display(),
            seen=revision.seen_sha256,
            hash=signoff.hash,
        )
        for signoff in revision.signoffs.all()
        if signoff.decided_at is not None
    )


def position_lines(signoff: SignOff) -> tuple[str, ...]:
    """The position in one line, or who acts for it above it."""
    if signoff.acting_title:
        return (signoff.acting_title, signoff.position_title)
    return (signoff.position_title,)
