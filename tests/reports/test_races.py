"""Several people press at the same moment, on real connections: exactly one decision, one event."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections, transaction

from audit.models import Event
from measures.errors import Refused
from measures.models import Appointment, Person
from reports.actions.deciding import SIGNED_IN
from reports.actions.publishing import publish
from reports.actions.sending import prepare, send_report
from reports.actions.signing import endorse, return_revision
from reports.choices import Decision
from reports.codes import new_code
from reports.models import Publication, Report, Revision
from tests.conftest import person
from tests.reports.conftest import NOW, PROVEN, asked, give_back, send, sign

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def race(*acts: Callable[[], object]) -> list[str]:
    """Do all at once, each on a connection of its own; "done" or the sentence of the refusal for each."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait()
            act()
            return "done"
        except Refused as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def colleagues(revision: Revision, number: int) -> list[Person]:
    """People who may all sign for the first position (its holders, by a mistake in the register)."""
    place = revision.signoffs.get(order=1)
    people = [person(revision.report.plan.agency, f"racer{n}") for n in range(number)]
    for someone in people:
        Appointment.objects.create(position=place.position, person=someone, starts=date(2024, 1, 1))
    return people


def endorsing(revision: Revision, by: Person) -> Callable[[], object]:
    agreed = asked(revision, by, Decision.ENDORSED, "")
    seen = revision.seen_sha256
    return lambda: endorse(
        revision=revision, words="", seen_sha256=seen, by=by, at=NOW, turn=1, proof=PROVEN, agreed=agreed
    )


def returning(revision: Revision, by: Person) -> Callable[[], object]:
    agreed = asked(revision, by, Decision.RETURNED, "แก้ไข")
    seen = revision.seen_sha256
    return lambda: return_revision(
        revision=revision, reason="แก้ไข", seen_sha256=seen, by=by, at=NOW, turn=1, proof=PROVEN, agreed=agreed
    )


def again(revision: Revision) -> Revision:
    """The same document once more, in the chain from the start."""
    copy = Revision.objects.get(pk=revision.pk)
    copy.code = new_code()
    Revision.objects.filter(pk=revision.pk).update(stage="returned")
    places = list(copy.signoffs.all())
    copy.pk, copy.number, copy.stage, copy.turn = None, copy.number + 1, "signing", 1
    copy.save(force_insert=True)
    for place in places:
        place.pk, place.revision = None, copy
        if place.order:
            place.decision = place.words = place.person_name = place.hash = place.previous_hash = ""
            place.person = place.decided_at = None
        place.save(force_insert=True)
    return copy


def test_of_four_who_sign_at_once_one_signs(sent: Revision) -> None:
    racers = colleagues(sent, 4)
    for _ in range(ROUNDS):
        results = race(*(endorsing(sent, someone) for someone in racers))
        assert results.count("done") == 1
        assert Event.objects.about("revision", sent.pk).count() == 1
        sent = again(sent)


def test_of_signing_and_returning_at_once_one_wins(sent: Revision) -> None:
    first, second = colleagues(sent, 2)
    for _ in range(ROUNDS):
        now = sent
        results = race(endorsing(now, first), returning(now, second))
        assert results.count("done") == 1
        now.refresh_from_db()
        decision = now.signoffs.get(order=1).decision
        assert (now.stage, now.turn, decision) in [("signing", 2, "endorsed"), ("returned", 1, "returned")]
        sent = again(now)


def test_one_person_pressing_in_two_browsers_signs_once(sent: Revision, chain: list[Person]) -> None:
    results = race(*(endorsing(sent, chain[1]) for _ in range(4)))
    refusals = [said for said in results if said != "done"]
    assert len(refusals) == 3
    assert all("ท่านลงนามเรื่องนี้แล้ว" in said for said in refusals)


def test_of_two_who_send_at_once_one_revision_comes(report: Report, officer: Person) -> None:
    prepared, version = prepare(report), report.version

    def act() -> object:
        return send_report(
            report=report, prepared=prepared, version=version, by=officer, at=NOW, proof=SIGNED_IN, agreed=""
        )

    assert race(act, act, act, act).count("done") == 1
    assert report.revisions.count() == 1


def test_of_two_who_publish_at_once_one_publication_comes(signed: Revision, officer: Person) -> None:
    def act() -> object:
        return publish(revision=Revision.objects.get(pk=signed.pk), by=officer, at=NOW)

    assert race(act, act, act, act).count("done") == 1
    assert Publication.objects.count() == 1


def test_a_save_and_a_sending_at_once_never_freeze_half(report: Report, officer: Person) -> None:
    prepared, version = prepare(report), report.version

    def change() -> object:
        with transaction.atomic():
            return Report.objects.filter(pk=report.pk).update(subject="เรื่องใหม่", version=version + 1)

    def act() -> object:
        return send_report(
            report=report, prepared=prepared, version=version, by=officer, at=NOW, proof=SIGNED_IN, agreed=""
        )

    race(change, act)
    revision = report.revisions.first()
    assert revision is None or revision.read() == prepared.content


def test_the_last_signature_seals_after_the_commit(sent: Revision, chain: list[Person]) -> None:
    for signatory in chain[1:]:
        sign(sent, signatory)
    sent.refresh_from_db()
    assert sent.sealed_sha256


def test_a_returned_report_is_sent_again_as_the_next_revision(
    sent: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    give_back(sent, chain[1], "แก้ไข")
    assert send(report, officer).number == 2
