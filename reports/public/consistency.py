"""Whether the signatures that are kept still say what was signed: their chain, computed again from what each bound."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from reports.chain import link_hash
from reports.models import Revision, SignOff


@dataclass(frozen=True)
class Consistency:
    """``broken`` and ``unshown`` are orders in the chain: what contradicts itself, and what cannot be computed again.

    ``frozen`` is whether the content still has the hash that the signatures bind.
    """

    broken: tuple[int, ...]
    unshown: tuple[int, ...]
    frozen: bool

    @property
    def holds(self) -> bool:
        """Everything was computed again and agrees."""
        return self.frozen and not self.broken and not self.unshown

    @property
    def contradicts(self) -> bool:
        """Something does not agree: it was changed after the fact."""
        return not self.frozen or bool(self.broken)


def consistency(revision: Revision) -> Consistency:
    """Compute a revision's signatures again, from rows that are there already."""
    broken, unshown, previous = [], [], ""
    for signoff in sorted(revision.signoffs.all(), key=lambda s: s.order):
        if not signoff.decision:
            continue
        if signoff.previous_hash != previous:
            broken.append(signoff.order)
        elif not signoff.bound:  # of the years before the text was kept
            unshown.append(signoff.order)
        elif not _agrees(revision, signoff):
            broken.append(signoff.order)
        previous = signoff.hash
    frozen = hashlib.sha256(revision.content.encode()).hexdigest() == revision.content_sha256
    return Consistency(tuple(broken), tuple(unshown), frozen)


def _agrees(revision: Revision, signoff: SignOff) -> bool:
    """The hash is that of the bound text, and every column says what that text says of it."""
    if link_hash(signoff.bound) != signoff.hash:
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
    return all(bound[name] == value for name, value in now.items() if name in bound)
