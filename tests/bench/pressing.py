"""A revision of which one signature is wanted, again and again, and the pressing of its button."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from measures.errors import Refused
from reports.actions.deciding import Proof
from reports.actions.signing import endorse, question
from reports.choices import Decision, ProofKind, Stage
from reports.codes import new_code
from reports.models import Revision, SignOff


def again(first: int) -> Revision:
    """Put a copy of the revision ``first`` into the chain; the one before it has come back."""
    original = Revision.objects.get(pk=first)
    Revision.objects.filter(report=original.report, stage=Stage.SIGNING).update(stage=Stage.RETURNED)
    last = original.report.revisions.first()
    assert last is not None
    copy = Revision.objects.get(pk=first)
    copy.pk, copy.number, copy.code, copy.stage, copy.turn = (
        None,
        last.number + 1,
        new_code(),
        Stage.SIGNING,
        1,
    )
    copy.save(force_insert=True)
    signoffs = list(original.signoffs.all())
    for signoff in signoffs:
        signoff.pk, signoff.revision = None, copy
        if signoff.order:
            signoff.decision = signoff.hash = signoff.person_name = ""
            signoff.person = signoff.decided_at = None
    SignOff.objects.bulk_create(signoffs)
    return copy


def press(first: int) -> bool:
    """Sign the newest copy of ``first`` as whoever sent it, who holds every position; False where refused."""
    revision = Revision.objects.filter(report__revisions=first).order_by("-number").first()
    assert revision is not None
    by = revision.signoffs.get(order=0).person
    assert by is not None
    shown: dict[str, Any] = {
        "revision": revision, "words": "เพื่อโปรดทราบ", "seen_sha256": revision.seen_sha256, "by": by,
        "at": timezone.now(), "turn": 1,
    }  # fmt: skip
    try:
        agreed = question(decision=Decision.ENDORSED, **shown).agreed
        endorse(proof=Proof(ProofKind.PASSWORD), agreed=agreed, **shown)
    except Refused:
        return False
    return True
