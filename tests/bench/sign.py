"""What a signature costs the server, beside a view that does nothing but write, and whether two can ever win one race.

Both servers are the same gunicorn on the same disk; passwords cost nothing here (``unhashed``), since hashing them is
slow by intent. Only the answer to the button is measured, not the pages before it.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Iterator
from datetime import date
from http.client import HTTPConnection
from statistics import median
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.fiscal import bangkok_date
from measures.models import Person
from measures.models.receipt import FIELD
from reports.actions.deciding import Proof
from reports.actions.sending import agreed_by_sending, chain_of, prepare, send_report
from reports.actions.signing import question
from reports.choices import Decision, ProofKind
from reports.models import Revision
from tests.bench import race
from tests.bench.pressing import again
from tests.bench.rounds import medians
from tests.bench.seed import Seeded
from tests.bench.web import served

PASSWORD = "bench-2570"
TOKEN = "t" * 32
AT_ONCE = 30
"""Signatures in one round."""


def run(town: Seeded) -> Iterator[tuple[str, float]]:
    """The ratio, then the races."""
    first = _sent(town)
    connections.close_all()
    with (
        served("ita_portal.wsgi:application", DJANGO_SETTINGS_MODULE="tests.bench.unhashed") as portal,
        served("tests.bench.bare_write:application") as bare,
    ):
        cookie = _signatory(town.officer)
        found = medians(
            {
                "bare": lambda: median(_insert(bare) for _ in range(AT_ONCE)),
                "sign": lambda: median(
                    _sign(portal, town.officer, cookie, again(first.pk)) for _ in range(AT_ONCE)
                ),
            }
        )
    yield "sign.action.vs_bare_write", round(found["sign"] / found["bare"], 2)
    yield "sign.action.ms", round(found["sign"] * 1000, 2)
    connections.close_all()
    yield from race.run(first.pk)


def _sent(town: Seeded) -> Revision:
    """The town's report as it waits for the first position of the chain."""
    report, at = town.plan.reports.get(), timezone.now()
    report.number, report.date = report.number or "ตย ๑/๑", report.date or date(2024, 12, 27)
    report.save()
    prepared = prepare(report)
    agreed = agreed_by_sending(prepared.content, chain_of(report, bangkok_date(at)), town.officer)
    return send_report(
        report=report, prepared=prepared, version=report.version, by=town.officer, at=at,
        proof=Proof(ProofKind.PASSWORD), agreed=agreed,
    )  # fmt: skip


def _signatory(person: Person) -> str:
    """The cookie of a session of ``person``, who has a password that costs nothing to check."""
    hasher = MD5PasswordHasher()
    person.password = hasher.encode(PASSWORD, hasher.salt())
    person.save(update_fields=["password"])
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def _insert(port: int) -> float:
    return _timed(port, "/", {"words": "เพื่อโปรดทราบ"}, "", expected=200)


def _sign(port: int, person: Person, cookie: str, revision: Revision) -> float:
    """How long the answer takes that says it is signed."""
    asked = question(
        revision=revision, decision=Decision.ENDORSED, words="", seen_sha256=revision.seen_sha256, by=person,
        at=timezone.now(), turn=1,
    )  # fmt: skip
    fields = {
        "csrfmiddlewaretoken": TOKEN,
        FIELD: str(uuid.uuid4()),
        "seen_sha256": revision.seen_sha256,
        "turn": "1",
        "choice": "none",
        "secret": PASSWORD,
        "agreed_sha256": hashlib.sha256(asked.agreed.encode()).hexdigest(),
    }
    return _timed(port, reverse("revision_endorse", args=[revision.pk]), fields, cookie, expected=302)


def _timed(port: int, path: str, fields: dict[str, str], cookie: str, *, expected: int) -> float:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    body = urlencode(fields)
    start = time.perf_counter()
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - start
    connection.close()
    if answer.status != expected:
        raise RuntimeError(f"{path} answered {answer.status} instead of {expected}")
    return took
