"""The events of before, chained in the order in which they were written."""

from collections import defaultdict

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from audit.chain import GENESIS, PORTAL, canonical, line, moment, sha256


def chain(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Copy each loose event to the end of its agency's chain."""
    event, head = apps.get_model("audit", "Event"), apps.get_model("audit", "Head")
    ends: dict[int, tuple[int, str]] = defaultdict(lambda: (0, GENESIS))
    for loose in apps.get_model("audit", "LooseEvent").objects.order_by("pk").iterator():
        number = PORTAL if loose.agency_id is None else loose.agency_id
        seq, previous = ends[number][0] + 1, ends[number][1]
        details = canonical(loose.details)
        text = line(
            number, seq, previous, moment(loose.at), loose.actor_id, loose.actor_name, loose.act, loose.target,
            loose.target_id, details,
        )  # fmt: skip
        event.objects.create(
            hash=sha256(text), chain=number, seq=seq, previous=previous, at=loose.at, actor_id=loose.actor_id,
            actor_name=loose.actor_name, act=loose.act, target=loose.target, target_id=loose.target_id,
            details_json=details,
        )  # fmt: skip
        ends[number] = seq, sha256(text)
    for number, (seq, last) in ends.items():
        head.objects.create(chain=number, seq=seq, hash=last)


def loosen(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing to do: the loose events are still there."""


class Migration(migrations.Migration):

    dependencies = [("audit", "0002_chained_events")]

    operations = [migrations.RunPython(chain, loosen)]
