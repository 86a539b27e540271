"""Seal what all have signed: the same content with everybody's endorsement, as PDF under the agency's seal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.actions import hold, record
from measures.dates import moment_label
from measures.errors import Refused
from measures.storage import keep
from measures.thai import thai_digits
from reports.actions.sending import emblem_of, mark_of
from reports.choices import Stage
from reports.codes import shown
from reports.content import Act, Endorsement
from reports.document.fonts import Unprintable
from reports.document.pdf import page_count, render_pdf
from reports.exports import attached
from reports.exports.signatures import signatures
from reports.models import Revision, SignOff
from reports.seal.certificates import Certificate, certificate_of, portal_certificate

NOT_SIGNED = "ยังลงนามไม่ครบทุกตำแหน่ง จึงยังไม่มีเอกสารฉบับลงนาม"


def seal(revision: Revision, *, at: datetime | None = None) -> None:
    """Keep the sealed PDF of a revision that all have signed; once it is there, do nothing.

    ``at`` is the moment by which the certificate must be valid: now, whatever day the signatures tell of. Slow, and
    therefore outside any transaction. Raises ``Refused`` before the last signature; where it cannot be printed, a
    letter that no font has in the name or the order of somebody who signed; and where the certificate cannot seal.
    """
    revision.refresh_from_db()
    if revision.sealed_sha256:
        return
    if revision.stage != Stage.SIGNED:
        raise Refused(NOT_SIGNED)
    at = at or timezone.now()
    certificate = _certificate(revision, at)
    _sealed(revision, printed(revision), certificate, at)
    revision.refresh_from_db()


def printed(revision: Revision) -> bytes:
    """The PDF of a signed revision before its seal: the first bytes of the sealed one. Raises ``Refused``."""
    content = revision.read()
    signed = endorsements(revision.signoffs.all(), thai=content.thai_digits)
    try:
        return render_pdf(
            content,
            stage="sealed",
            endorsements=signed,
            emblem=emblem_of(content),
            attached=(*attached(content), signatures(revision)),
            mark=replace(
                mark_of(revision.code),
                revision=_digits(content.thai_digits)(str(revision.number)),
                presented_sha256=revision.presented_sha256,
            ),
            acts=acts(revision, thai=content.thai_digits),
        )
    except Unprintable as error:
        raise Refused(str(error)) from error


def _certificate(revision: Revision, at: datetime) -> Certificate:
    """The agency's; a rehearsal never bears the one that others are to trust."""
    agency = revision.report.plan.agency
    found = portal_certificate if revision.report.is_rehearsal else certificate_of
    return found(agency.slug, agency.name, at=at)


def _sealed(revision: Revision, pdf: bytes, certificate: Certificate, at: datetime) -> None:
    # Half a second to import: only who seals waits for it.
    from reports.seal.signing import seal_pdf  # noqa: PLC0415 -- slow import, 2026-11
    from reports.seal.timestamps import Authority  # noqa: PLC0415 -- slow import, 2026-11

    agency = revision.report.plan.agency
    last = max(signoff.decided_at for signoff in revision.signoffs.all() if signoff.decided_at)
    sealed = seal_pdf(
        pdf,
        certificate=certificate,
        # A certificate vouches for no moment before its own time.
        at=last if certificate.starts <= last <= certificate.ends else at,
        words=f"ตราประทับอิเล็กทรอนิกส์ของ{agency.name}",
        reason=f"รับรองเอกสารฉบับลงนามครบทุกตำแหน่ง รหัส {shown(revision.code)}",
        location=agency.province,
        authority=Authority(settings.TSA_URL) if settings.TSA_URL else None,
    )
    sha256 = keep([sealed.pdf]).sha256
    with transaction.atomic():
        hold(agency.pk)
        # Of two that seal at once the first stays; a sealed document never changes.
        waiting = Revision.objects.filter(pk=revision.pk, sealed_sha256="")
        if waiting.update(
            sealed_sha256=sha256,
            seal_level=sealed.level,
            seal_name=certificate.name[:300],
            pages=page_count(pdf),
        ):
            record(
                "revision.sealed",
                agency_id=agency.pk,
                by=None,
                at=at,
                about=revision,
                number=revision.number,
                sealed_sha256=sha256,
                level=sealed.level.value,
                certificate=certificate.name,
                certificate_sha256=certificate.sha256,
                no_time_stamp=sealed.trouble,
            )


def endorsements(signoffs: Iterable[SignOff], *, thai: bool) -> tuple[Endorsement, ...]:
    """Decisions as the document prints them, in order; ``thai`` for Thai digits."""
    digits = _digits(thai)
    return tuple(
        Endorsement(
            order=signoff.order,
            name=signoff.person_name,
            position_lines=signoff.position_lines,
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
    digits = _digits(thai)
    return tuple(
        Act(
            order=digits(str(signoff.order)) if signoff.order else "ผู้จัดทำ",
            name=signoff.person_name,
            position=signoff.position_title,
            acting=signoff.acting_title,
            acting_order=digits(signoff.acting_order),
            # Letter for letter: the hash is of these words, and a code in them knows no Thai digits.
            pressed=signoff.agreed or signoff.get_decision_display(),
            words=signoff.words,
            at=digits(moment_label(signoff.decided_at)),
            proof=signoff.get_proof_display(),
            seen=revision.seen_sha256,
            hash=signoff.hash,
        )
        for signoff in revision.signoffs.all()
        if signoff.decided_at is not None
    )


def _digits(thai: bool) -> Callable[[str], str]:
    return thai_digits if thai else str
