"""A process of its own that decides on revisions when it is told to: another server on the same database.

Started with ``DATABASE_URL`` set. Each line on its input is an act as JSON; it says "ready", waits for a line, acts,
and prints "done" or the sentence of the refusal.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "ita_portal.settings"
    import django  # noqa: PLC0415 -- after the settings are named, 2026-11

    django.setup()
    for line in sys.stdin:
        given = json.loads(line)
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(decide(given)), flush=True)


def decide(given: dict[str, Any]) -> str:
    """Act on what another process prepared."""
    from django.utils.dateparse import parse_datetime  # noqa: PLC0415 -- as above, 2026-11

    from measures.errors import Refused  # noqa: PLC0415 -- as above, 2026-11
    from measures.models import Person  # noqa: PLC0415 -- as above, 2026-11
    from reports.actions.deciding import Proof  # noqa: PLC0415 -- as above, 2026-11
    from reports.actions.signing import endorse, return_revision  # noqa: PLC0415 -- as above, 2026-11
    from reports.choices import ProofKind  # noqa: PLC0415 -- as above, 2026-11
    from reports.models import Revision  # noqa: PLC0415 -- as above, 2026-11

    at = parse_datetime(given["at"])
    assert at is not None
    shown = {
        "revision": Revision.objects.get(pk=given["revision"]),
        "by": Person.objects.get(pk=given["by"]),
        "seen_sha256": given["seen"],
        "turn": given["turn"],
        "agreed": given["agreed"],
        "proof": Proof(ProofKind.PASSWORD),
        "at": at,
    }
    try:
        if given["decision"] == "returned":
            return_revision(reason=given["words"], **shown)
        else:
            endorse(words=given["words"], **shown)
    except Refused as refusal:
        return str(refusal)
    return "done"


if __name__ == "__main__":
    main()
