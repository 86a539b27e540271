"""Give every revision a code of its own, and every decision the text whose SHA-256 its hash is."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from reports.codes import new_code


def give(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Without their content: years of it would have to fit into memory.
    for revision in apps.get_model("reports", "Revision").objects.only("pk"):
        revision.code = new_code()
        revision.save(update_fields=["code"])
    decided = apps.get_model("reports", "SignOff").objects.exclude(decision="").select_related("revision")
    for signoff in decided.defer("revision__content"):
        # Hashed with the offset of whoever told the moment: now() tells it in UTC, the past was told in Bangkok's.
        for zone in (UTC, ZoneInfo("Asia/Bangkok")):
            bound = _bound(signoff, signoff.decided_at.astimezone(zone))
            # One that does not give the kept hash is left empty: what cannot be shown is not claimed.
            if hashlib.sha256(bound.encode()).hexdigest() == signoff.hash:
                signoff.bound = bound
                signoff.save(update_fields=["bound"])


def _bound(signoff: Any, at: datetime) -> str:
    return json.dumps(
        {
            "previous": signoff.previous_hash,
            "content": signoff.revision.content_sha256,
            "presented": signoff.revision.presented_sha256,
            "order": signoff.order,
            "decision": signoff.decision,
            "position": signoff.position_title,
            "person": signoff.person_id,
            "name": signoff.person_name,
            "acting": f"{signoff.acting_title} {signoff.acting_order}".strip(),
            "words": signoff.words,
            "at": at.isoformat(),
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_signing_that_holds")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
