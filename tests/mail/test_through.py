"""From the signature to the mail: whoever signs waits for no mail server, and one event makes one letter."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from measures.actions.delivery import sweep_letters
from measures.choices import LetterKind, LetterState
from measures.errors import Refused
from measures.models import Letter, Person
from reports.actions.regular import REGULAR
from reports.choices import Decision
from reports.management.worker import Worker
from reports.models import Revision
from tests.mail.smtp import MailServer
from tests.mail.test_worker import queue  # noqa: F401 -- a fixture, 2026-11
from tests.reports.conftest import give_back, sign

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reachable(chain: list[Person]) -> list[Person]:
    """The chain, each with an address."""
    for number, someone in enumerate(chain):
        someone.email = f"{number}@example.test"
        someone.save()
    return chain


@pytest.mark.usefixtures("queue")
def test_a_signature_asks_no_mail_server_and_its_letter_arrives_once(
    reachable: list[Person], sent: Revision, server: MailServer
) -> None:
    server.hangs_at = "CONNECT"
    sign(sent, reachable[1])
    assert server.connections == 0
    assert sent.signoffs.get(order=1).decision == Decision.ENDORSED
    Worker(REGULAR).run_once()
    assert server.connections == 1
    letter = Letter.objects.get(kind=LetterKind.TURN, person=reachable[2])
    assert letter.state == LetterState.QUEUED
    server.behave()
    sweep_letters(timezone.now() + timedelta(minutes=2))
    Worker(REGULAR).run_once()
    assert [mail["To"] for mail in server.taken].count("2@example.test") == 1


@pytest.mark.usefixtures("queue")
def test_a_letter_to_who_signed_meanwhile_is_not_sent_late(
    reachable: list[Person], sent: Revision, server: MailServer
) -> None:
    sign(sent, reachable[1])
    Worker(REGULAR).run_once()
    assert [mail["To"] for mail in server.taken] == ["2@example.test"]


@pytest.mark.usefixtures("queue")
def test_of_signing_and_returning_at_once_one_tells(reachable: list[Person], sent: Revision) -> None:
    barrier = threading.Barrier(2)

    def at_once(act: Callable[[], None]) -> None:
        barrier.wait(10)
        try:
            act()
        except Refused:
            pass
        finally:
            connection.close()

    acts = (lambda: sign(sent, reachable[1]), lambda: give_back(sent, reachable[1], "ขาดเอกสารแนบ"))
    threads = [threading.Thread(target=at_once, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    told = Letter.objects.exclude(person=reachable[1])
    signed = sent.signoffs.get(order=1).decision == Decision.ENDORSED
    expected = [(LetterKind.TURN, "2@example.test")] if signed else [(LetterKind.RETURNED, "0@example.test")]
    assert list(told.values_list("kind", "address")) == expected
