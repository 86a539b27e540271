"""Every wrong signature beside a right one at the same instant, from many threads and many processes: one wins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from typing import IO, Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from audit.chain import Walk
from audit.models import Event
from audit.reading import follow
from measures.choices import Acting
from measures.errors import Refused
from measures.models import Agency, Appointment, Letter, Person
from reports.choices import Decision, Stage
from reports.models import Revision
from reports.public.consistency import verify_proof
from tests.conftest import browser, person
from tests.reports import racer
from tests.reports.conftest import NOW, asked
from tests.reports.test_races import again, race

pytestmark = pytest.mark.django_db(transaction=True)
NOT_YET = "ยังไม่ถึงลำดับการลงนามของท่าน ขณะนี้เรื่องอยู่ที่หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ ตั้งแต่วันที่ 27 ธันวาคม 2567"
KEY = "5b1c9d0e-0000-4000-8000-000000000007"


@dataclass(frozen=True)
class Try:
    """Somebody's attempt to decide, as another process can be told of it."""

    revision: int
    by: int
    seen: str
    turn: int | None
    agreed: str
    decision: str = "endorsed"
    words: str = ""
    at: str = NOW.isoformat()


def right(revision: Revision, by: Person, decision: Decision = Decision.ENDORSED) -> Try:
    """Of who has the turn, on what was shown."""
    words = "แก้ไข" if decision is Decision.RETURNED else ""
    agreed = asked(revision, by, decision, words)
    return Try(revision.pk, by.pk, revision.seen_sha256, revision.turn, agreed, str(decision), words)


@pytest.fixture
def cast(sent: Revision, chain: list[Person], other_town: Agency) -> dict[str, Person]:
    """People who may not sign, for every reason that there is, beside those who may."""
    first = sent.signoffs.get(order=1).position

    def acting(someone: Person, until: date) -> Person:
        Appointment.objects.create(
            position=first, person=someone, kind=Acting.ACTING_ABSENT, own_title="รองปลัดเทศบาล",
            order_issuer="เทศบาลตำบลตัวอย่าง", order_number="412/2567", order_date=date(2024, 12, 1),
            starts=date(2024, 12, 1), ends=until,
        )  # fmt: skip
        return someone

    town = sent.report.plan.agency
    closed = acting(person(town, "closed"), date(2024, 12, 31))
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    return {
        "holder": chain[1],
        "colleague": acting(person(town, "colleague"), date(2024, 12, 31)),
        "expired": acting(person(town, "expired"), date(2024, 12, 26)),
        "author": acting(chain[0], date(2024, 12, 31)),
        "stranger": acting(person(other_town, "uninvited"), date(2024, 12, 31)),
        "closed": closed,
        "next": chain[2],
        "last": chain[5],
        "nobody": person(town, "nobody"),
    }


def wrong(revision: Revision, cast: dict[str, Person]) -> dict[str, Try]:
    """Every attempt that must fail, by why."""
    good = right(revision, cast["holder"])
    mine = {name: replace(good, by=someone.pk) for name, someone in cast.items()}
    return {
        "out of order": mine["next"],
        "out of order by a made-up turn": replace(mine["last"], turn=5),
        "of another agency": mine["stranger"],
        "without a place": mine["nobody"],
        "by an order that ended yesterday": mine["expired"],
        "by the author for another": mine["author"],
        "by a closed account": mine["closed"],
        "on another content": replace(good, seen="0" * 64),
        "from an older page": replace(good, turn=4),
        "to another sentence": replace(good, agreed="ข้าพเจ้าตกลง"),
        "in another's name": mine["colleague"],
    }


def check(revision: Revision, winner: str = "endorsed") -> None:
    """One decision, one event, one letter to each who is told, and everything holds together."""
    revision.refresh_from_db()
    place = revision.signoffs.get(order=1)
    assert place.decision == winner
    assert (revision.stage, revision.turn) == (
        (Stage.SIGNING, 2) if winner == "endorsed" else (Stage.RETURNED, 1)
    )
    assert [s.order for s in revision.signoffs.exclude(decision="")] == [0, 1]
    assert verify_proof(place)
    assert place.previous_hash == revision.signoffs.get(order=0).hash
    acts = Event.objects.about("revision", revision.pk).filter(
        act__in=("revision.endorsed", "revision.returned")
    )
    assert [event.act for event in acts] == [f"revision.{winner}"]
    assert Letter.objects.filter(key__startswith=f"revision:{revision.pk}:turn:2").count() == (
        1 if winner == "endorsed" else 0
    )


def test_each_wrong_signature_is_refused_in_words(sent: Revision, cast: dict[str, Person]) -> None:
    said = {why: racer.decide(vars(attempt)) for why, attempt in wrong(sent, cast).items()}
    assert {why for why, sentence in said.items() if sentence == "done"} == set()
    assert said == {
        "out of order": NOT_YET,
        "out of order by a made-up turn": NOT_YET,
        "of another agency": "ท่านไม่มีลำดับลงนามในเรื่องนี้ ระบบจึงไม่ได้บันทึก",
        "without a place": "ท่านไม่มีลำดับลงนามในเรื่องนี้ ระบบจึงไม่ได้บันทึก",
        "by an order that ended yesterday": (
            "คำสั่งรักษาราชการแทนสิ้นสุดเมื่อวันที่ 26 ธันวาคม 2567 จึงลงนามในตำแหน่งนี้ไม่ได้ กรุณาแจ้งนิติกรให้บันทึกคำสั่งฉบับใหม่"
        ),
        "by the author for another": (
            "ท่านเป็นผู้จัดทำรายงานฉบับนี้ จึงลงนามแทนหัวหน้าฝ่ายบริการและเผยแพร่วิชาการไม่ได้ "
            "กรุณาแจ้งผู้ดูแลระบบของหน่วยงานให้บันทึกคำสั่งแต่งตั้งผู้อื่น"
        ),
        "by a closed account": "บัญชีของท่านปิดใช้งานแล้ว ระบบจึงยังไม่บันทึกการลงนาม กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน",
        "on another content": "เอกสารมีการแก้ไขหลังจากที่ท่านเปิดอ่าน ระบบจึงยังไม่บันทึกการลงนาม กรุณาอ่านส่วนที่แก้ไข แล้วลงนามในฉบับที่ 1",
        "from an older page": "มีผู้ลงนามในลำดับนี้แล้ว ระบบไม่ได้บันทึกซ้ำ ขณะนี้เรื่องอยู่ที่หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ",
        "to another sentence": "ข้อมูลของท่านหรือของเอกสารเปลี่ยนไปหลังจากเปิดหน้านี้ ระบบจึงยังไม่บันทึก กรุณาอ่านข้อความที่จะลงนามอีกครั้ง",
        "in another's name": "ข้อมูลของท่านหรือของเอกสารเปลี่ยนไปหลังจากเปิดหน้านี้ ระบบจึงยังไม่บันทึก กรุณาอ่านข้อความที่จะลงนามอีกครั้ง",
    }


def test_of_every_signature_at_once_from_many_threads_the_one_right_one_wins(
    sent: Revision, cast: dict[str, Person]
) -> None:
    for _ in range(3):
        attempts = [right(sent, cast["holder"]), *wrong(sent, cast).values(), right(sent, cast["holder"])]
        said = race(*(lambda one=one: told(racer.decide(vars(one))) for one in attempts))
        assert said.count("done") == 1
        check(sent)
        sent = again(sent)
    assert follow(sent.report.plan.agency_id, Walk()) is None


def told(answer: str) -> None:
    """A refusal as the race counts it."""
    if answer != "done":
        raise Refused(answer)


class Server:
    """Another process on the same database."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.reports.racer"],
            cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": database_url()},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    @property
    def pipes(self) -> tuple[IO[str], IO[str]]:
        assert self.process.stdin
        assert self.process.stdout
        return self.process.stdin, self.process.stdout

    def tell(self, line: str) -> None:
        self.pipes[0].write(line + "\n")
        self.pipes[0].flush()

    def hear(self) -> str:
        return self.pipes[1].readline().strip()

    def close(self) -> None:
        for pipe in self.pipes:
            pipe.close()
        self.process.wait(10)


def database_url() -> str:
    """The test's own database, as another process is told of it."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    host = str(found["HOST"]).replace("/", "%2F")
    secret = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    port = f":{found['PORT']}" if found["PORT"] else ""
    return f"postgres://{found['USER']}{secret}@{host}{port}/{found['NAME']}"


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    """Four of them, started at once."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Server())) for _ in range(4)]


def at_once(servers: list[Server], attempts: list[Try]) -> list[str]:
    """Each server makes its attempt at the same instant; what they say."""
    for server, attempt in zip(servers, attempts, strict=True):
        server.tell(json.dumps(vars(attempt)))
    assert [server.hear() for server in servers] == ["ready"] * len(servers)
    for server in servers:
        server.tell("go")
    return [json.loads(server.hear()) for server in servers]


def test_of_every_signature_at_once_from_many_processes_one_wins(
    sent: Revision, cast: dict[str, Person], servers: list[Server]
) -> None:
    for _ in range(4):
        bad = list(wrong(sent, cast).values())
        good = right(sent, cast["holder"])
        said = at_once(servers, [good, right(sent, cast["colleague"]), good, bad[0]])
        assert said.count("done") == 1
        check(sent)
        for start in range(0, 8, 4):
            assert "done" not in at_once(servers, bad[start : start + 4])
        check(sent)
        sent = again(sent)
    said = at_once(servers, [right(sent, cast["holder"]), right(sent, cast["holder"], Decision.RETURNED)] * 2)
    assert said.count("done") == 1
    sent.refresh_from_db()
    check(sent, sent.signoffs.get(order=1).decision)
    assert follow(sent.report.plan.agency_id, Walk()) is None


def test_one_form_sent_many_times_at_once_is_one_signature_with_one_answer(
    sent: Revision, chain: list[Person]
) -> None:
    client, address = browser(chain[1]), reverse("revision_endorse", args=[sent.pk])
    data: dict[str, Any] = {"seen_sha256": sent.seen_sha256, "turn": 1, "choice": "none", "request_key": KEY}
    shown = client.post(address, data).context["proving"]
    data |= {"agreed_sha256": shown.agreed_sha256, "secret": chain[1].username}
    answers: list[str] = []
    race(*[lambda: answers.append(browser(chain[1]).post(address, data)["Location"])] * 4)
    assert answers == [reverse("revision_receipt", args=[sent.pk])] * 4
    check(sent)
