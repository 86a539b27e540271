"""Many at once: several processes with many threads each append to one chain, and many requests come at one instant."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Event, Head
from measures.models import Agency, Person
from tests.conftest import browser

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
WRITER = """
import sys
from threading import Thread
import django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from datetime import UTC, datetime
from django.db import connection
from audit.actions import record
print("ready", flush=True)
sys.stdin.readline()
def write():
    for number in range(6):
        record("measure.changed", agency_id=int(sys.argv[2]), by=None, at=datetime.now(UTC), number=number)
    connection.close()
threads = [Thread(target=write) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_two_processes_of_eight_threads_make_one_chain(town: Agency) -> None:
    name = str(connection.settings_dict["NAME"])
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, name, str(town.pk)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "ita_portal.settings"},
        )
        for _ in range(2)
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    said = [None] * len(writers)
    together = [
        Thread(target=lambda w=w, i=i: said.__setitem__(i, w.communicate("\n")))
        for i, w in enumerate(writers)
    ]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert [writer.returncode for writer in writers] == [0, 0], said
    assert list(Event.objects.filter(chain=town.pk).order_by("seq").values_list("seq", flat=True)) == list(
        range(1, 97)
    )
    assert Head.objects.get(pk=town.pk).seq == 96
    call_command("verify_audit")


def test_32_posts_at_once_are_all_taken(town: Agency, administrator: Person) -> None:
    clients = [browser(administrator) for _ in range(32)]
    before = Event.objects.filter(act="unit.added").count()
    together, statuses = Barrier(32), []

    def post(client: Client, number: int) -> None:
        together.wait()
        answer = client.post(reverse("unit_new"), {"name": f"งานที่ {number}", "parent": ""})
        statuses.append(answer.status_code)
        connection.close()

    threads = [Thread(target=post, args=(client, number)) for number, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * 32
    assert Event.objects.filter(act="unit.added").count() == before + 32
    call_command("verify_audit")
