"""Who signs next, as a table: the one place that knows what may follow what. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Final, Literal

from reports.choices import Decision, Stage

RECALL: Final = "recall"
"""What the author's side may do instead of a position's decision; it takes no place in the chain."""

NEXT: dict[tuple[Stage, Decision | Literal["recall"]], Stage] = {
    (Stage.SIGNING, Decision.ENDORSED): Stage.SIGNING,
    (Stage.SIGNING, Decision.RETURNED): Stage.RETURNED,
    (Stage.SIGNING, RECALL): Stage.RECALLED,
}


def stage_after(stage: Stage, decision: Decision, *, turn: int, last: int) -> Stage | None:
    """The stage after a decision by the position whose turn it is; None where nothing may follow.

    ``turn`` is the order of the deciding position, ``last`` the highest order of the chain.
    """
    following = NEXT.get((stage, decision))
    if following is Stage.SIGNING and turn >= last:
        return Stage.SIGNED
    return following


def stage_after_recall(stage: Stage, *, turn: int, first: int) -> Stage | None:
    """The stage after a recall; None once the ``first`` to sign has decided, or where nothing may follow."""
    return NEXT.get((stage, RECALL)) if turn == first else None


def bind(
    *, previous: str, content_sha256: str, presented_sha256: str, **act: str | int | Sequence[str]
) -> str:
    """The text that a decision's hash is of: what was frozen, what was shown, the decision before it, and the act."""
    bound = {"previous": previous, "content": content_sha256, "presented": presented_sha256, **act}
    return json.dumps(bound, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link_hash(bound: str) -> str:
    """SHA-256 that ties a decision to everything :func:`bind` says of it."""
    return hashlib.sha256(bound.encode()).hexdigest()


def seen_hash(*, content_sha256: str, presented_sha256: str) -> str:
    """What a decision says it has seen: SHA-256 over the frozen content's and the presented PDF's hashes."""
    return hashlib.sha256(f"{content_sha256} {presented_sha256}".encode()).hexdigest()
