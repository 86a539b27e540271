"""Whether the signatures that are kept still say what was signed: their chain, computed again from what each bound.

Whoever writes the database can compute the hashes anew, so the rows are held against the agency's trail too, whose
heads are published and mailed (docs/trail.md). A trail that says nothing of a row contradicts nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from audit.models import Event
from reports.chain import link_hash
from reports.choices import Decision, ProofKind, Stage
from reports.codes import shown
from reports.models import Revision, SignOff
from reports.passkeys import Purpose, answers

_DECIDED = ("revision.endorsed", "revision.returned")
_SEALED, _WITHDRAWN = "revision.sealed", "revision.withdrawn"


@dataclass(frozen=True)
class Consistency:
    """``broken`` and ``unshown`` are orders in the chain: what contradicts itself, and what cannot be computed again.

    ``frozen`` is whether the content still has the hash that the signatures bind, ``told`` whether the places are
    those that were frozen, and seal and withdrawal what the trail tells of them.
    """

    broken: tuple[int, ...]
    unshown: tuple[int, ...]
    frozen: bool
    told: bool = True

    @property
    def holds(self) -> bool:
        """Everything was computed again and agrees."""
        return not self.contradicts and not self.unshown

    @property
    def contradicts(self) -> bool:
        """Something does not agree: it was changed after the fact."""
        return not self.frozen or not self.told or bool(self.broken)


def consistency(revision: Revision) -> Consistency:
    """Compute a revision's signatures again, from rows that are there already; one statement, of the trail."""
    events = _events(revision)
    decided = _first_of_each_place(events)
    broken, unshown, previous = [], [], ""
    for signoff in sorted(revision.signoffs.all(), key=lambda s: s.order):
        if revision.stage == Stage.SIGNED and signoff.order and signoff.decision != Decision.ENDORSED:
            broken.append(signoff.order)  # "signed by all" is no more than a word of the row
        elif not signoff.decision:
            continue
        elif signoff.previous_hash != previous or not _as_told(signoff, decided.get(signoff.order)):
            broken.append(signoff.order)
        elif not signoff.bound:  # of the years before the text was kept
            unshown.append(signoff.order)
        elif not verify_proof(signoff):
            broken.append(signoff.order)
        previous = signoff.hash
    frozen = hashlib.sha256(revision.content.encode()).hexdigest() == revision.content_sha256
    return Consistency(tuple(broken), tuple(unshown), frozen, _told(revision, events))


def _events(revision: Revision) -> list[Event]:
    """What the trail of the agency tells of this revision, in order; what was added later counts for nothing."""
    acts = (*_DECIDED, _SEALED, _WITHDRAWN)
    chain = Event.objects.for_agency(revision.report.plan.agency_id)
    return list(chain.filter(target="revision", target_id=revision.pk, act__in=acts))


def _first_of_each_place(events: list[Event]) -> dict[int, Event]:
    first: dict[int, Event] = {}
    for event in events:
        if event.act in _DECIDED:
            first.setdefault(event.details.get("order", -1), event)
    return first


def _as_told(signoff: SignOff, event: Event | None) -> bool:
    """Whether the trail tells the same of a decision, or nothing."""
    if event is None:
        return True
    details = event.details
    told = (event.act, event.actor_id, event.actor_name, event.at)
    kept = (f"revision.{signoff.decision}", signoff.person_id, signoff.person_name, signoff.decided_at)
    copied = {
        "position": signoff.position_title,
        "acting": signoff.acting_title,
        "hash": signoff.hash,
    }
    return told == kept and all(details.get(name, value) == value for name, value in copied.items())


def _told(revision: Revision, events: list[Event]) -> bool:
    """Whether nobody's place was taken away or added, and seal and withdrawal are as the trail tells."""
    frozen = {signer.order for signer in revision.read().signers}
    if frozen and frozen != {signoff.order for signoff in revision.signoffs.all()}:
        return False
    sealed = next((event for event in events if event.act == _SEALED), None)
    if sealed and sealed.details.get("sealed_sha256") != revision.sealed_sha256:
        return False
    withdrawn = any(event.act == _WITHDRAWN for event in events)
    return not withdrawn or (hasattr(revision, "publication") and bool(revision.publication.withdrawn_at))


def verify_proof(signoff: SignOff) -> bool:
    """Whether a decision still is what was proven, told from its row and its revision alone.

    The hash is that of the bound text, every column says what that text says of it, and of a passkey the device signed
    this very decision. (That a password or a code was right can be told at that moment only.)
    """
    revision = signoff.revision
    if link_hash(signoff.bound) != signoff.hash:
        return False
    # The sentence names the code, so that no row takes another document's.
    if signoff.order and signoff.agreed and shown(revision.code) not in signoff.agreed:
        return False
    try:
        bound = json.loads(signoff.bound)
        bound["at"] = datetime.fromisoformat(bound["at"])  # the same moment, wherever its clock stood
    except (ValueError, KeyError, TypeError):
        return False
    now = {
        "previous": signoff.previous_hash,
        "content": revision.content_sha256,
        "presented": revision.presented_sha256,
        "order": signoff.order,
        "decision": signoff.decision,
        "position": signoff.position_title,
        "person": signoff.person_id,
        "name": signoff.person_name,
        "acting": f"{signoff.acting_title} {signoff.acting_order}".strip(),
        "words": signoff.words,
        "at": signoff.decided_at,
        # Added one after the other: an older signature binds none of these, and then there is nothing to compare.
        "proof": signoff.proof,
        "proof_sha256": hashlib.sha256(signoff.proof_json.encode()).hexdigest(),
        "agreed": signoff.agreed,
        "places": [place.get("key") for place in signoff.places],
    }
    oldest = set(now) - {"proof", "proof_sha256", "agreed", "places"}
    if not oldest <= set(bound):
        return False
    if any(bound[name] != value for name, value in now.items() if name in bound):
        return False
    return signoff.proof != ProofKind.PASSKEY or _signed_by_device(signoff)


def _signed_by_device(signoff: SignOff) -> bool:
    # The author signs before there is a PDF to be seen.
    seen = signoff.revision.seen_sha256 if signoff.order else signoff.revision.content_sha256
    purpose = Purpose(seen, signoff.order, signoff.decision, signoff.words, signoff.agreed)
    return answers(signoff.proof_json, purpose)
