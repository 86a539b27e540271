"""Keep a sealed revision in its other formats, so that nobody who reads it waits for them to be made."""

from __future__ import annotations

from measures.errors import Refused
from measures.storage import keep
from reports.actions.sealing import endorsements
from reports.actions.sending import emblem_of
from reports.exports import TWINS, Printed
from reports.models import Revision


def keep_twins(revision: Revision) -> dict[str, str]:
    """The hash of every twin of a sealed revision, by how its name ends; those that are not kept yet are made.

    Slow the first time, and therefore outside any transaction. Raises ``Refused`` before the last signature.
    """
    if not revision.sealed_sha256:
        raise Refused("ยังลงนามไม่ครบทุกตำแหน่ง จึงยังไม่มีเอกสารฉบับลงนาม")
    kept: dict[str, str] = revision.twins
    missing = [twin for ending, twin in TWINS.items() if ending not in kept]
    if missing:
        printed = printed_of(revision)
        kept = {twin.ending: keep([twin.make(printed)]).sha256 for twin in missing} | kept
        # Two that make them at once make the same bytes.
        Revision.objects.filter(pk=revision.pk).update(twins=kept)
        revision.twins = kept
    return kept


def printed_of(revision: Revision) -> Printed:
    """A revision as its PDF shows it: with all endorsements once it is sealed, before as it was presented."""
    content = revision.read()
    emblem = emblem_of(content)
    if not revision.sealed_sha256:
        return Printed(content, "presented", emblem=emblem)
    signed = endorsements(revision.signoffs.all(), thai=content.thai_digits)
    return Printed(content, "sealed", signed, emblem)
