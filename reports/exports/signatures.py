"""You come here for the signatures as data: what the sealed PDF carries so that anyone can compute them again."""

from __future__ import annotations

import json
from typing import Any, Final

from reports.document.archival import Attached
from reports.models import Revision, SignOff

_FORMAT: Final = 1
NAME: Final = "signatures.json"


def signatures(revision: Revision) -> Attached:
    """Every act on ``revision`` in order, each with the very text that its hash is of.

    No more of a person than the log prints and the text binds; of a proof what can be checked again, no secret.
    """
    told = {
        "format": _FORMAT,
        "code": revision.code,
        "revision": revision.number,
        "content_sha256": revision.content_sha256,
        "presented_sha256": revision.presented_sha256,
        "acts": [_act(one) for one in revision.signoffs.all() if one.decided_at is not None],
    }
    return Attached(
        NAME,
        "application/json",
        json.dumps(told, ensure_ascii=False, indent=1).encode(),
        "บันทึกการลงนามทุกลำดับ พร้อมข้อความที่ใช้คำนวณค่าแฮช (JSON)",
        "Supplement",
    )


def _act(one: SignOff) -> dict[str, Any]:
    return {
        "order": one.order,
        "bound": one.bound,
        "hash": one.hash,
        "agreed": one.agreed,
        "proof_json": one.proof_json,
    }
