"""The worker: what it does by itself, two of them at once, and how it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from measures.actions.delivery import send_letter
from measures.actions.jobs import GIVEN_UP_AFTER, Regular, run_job
from measures.choices import JobName, LetterState
from measures.models import Agency, Job, Letter, Person
from reports.actions.regular import REGULAR, tidy_queue
from reports.management.worker import Worker
from tests.mail.conftest import write
from tests.mail.smtp import MailServer
from tests.reports.conftest import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def queue(settings: Settings) -> None:
    """The queue in the database, as in earnest."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def at_once(act: Callable[[], object], times: int) -> list[BaseException]:
    """Do ``act`` in so many threads that begin together; what they raised."""
    barrier, raised = threading.Barrier(times), []

    def run() -> None:
        try:
            barrier.wait(10)
            act()
        except BaseException as error:  # told to the test, which runs in another thread
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.mark.django_db(transaction=True)
def test_of_workers_at_the_same_letters_one_sends_each(
    town: Agency, reader: Person, server: MailServer, queue: None
) -> None:
    for number in range(8):
        write(town, reader, number)
    assert DBTaskResult.objects.count() == 8
    assert at_once(lambda: Worker(REGULAR).run_once(), 3) == []
    subjects = sorted(mail["Subject"].strip() for mail in server.taken)
    assert subjects == [f"ขอให้ลงนาม: รายงานผล {number}" for number in range(8)]
    assert set(Letter.objects.values_list("state", "attempts")) == {(LetterState.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_one_letter_one_does(
    town: Agency, reader: Person, server: MailServer, queue: None
) -> None:
    letter = write(town, reader)
    assert at_once(lambda: send_letter(letter.pk, at=timezone.now()), 8) == []
    assert len(server.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_of_workers_at_the_same_job_one_does_it() -> None:
    done: list[datetime] = []
    job = Regular(JobName.SEALS, lambda at: done.append(at), HOUR)
    assert at_once(lambda: run_job(job, at=NOW), 8) == []
    assert done == [NOW]


@pytest.mark.django_db
def test_a_letter_is_on_the_queue_only_if_its_act_is_kept(letter: Letter, queue: None) -> None:
    assert DBTaskResult.objects.count() == 0
    write(letter.agency, letter.person, 2)  # type: ignore[arg-type]
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_the_command_sends_what_waits_and_ends(letter: Letter, server: MailServer) -> None:
    call_command("run_worker", "--once")
    letter.refresh_from_db()
    assert (letter.state, len(server.taken)) == (LetterState.SENT, 1)


@pytest.mark.django_db
def test_a_job_that_fails_stops_no_other_and_is_kept() -> None:
    def fail(at: datetime) -> None:
        raise ValueError("no certificate")

    done: list[datetime] = []
    jobs = [Regular(JobName.SEALS, fail, HOUR), Regular(JobName.TERMS, lambda at: done.append(at), HOUR)]
    Worker(jobs).sweep()
    assert len(done) == 1
    row = Job.objects.get(name=JobName.SEALS)
    assert (row.error, row.failing_since) == ("ValueError: no certificate", row.began_at)
    run_job(Regular(JobName.SEALS, lambda at: None, HOUR), at=row.began_at + HOUR)
    row.refresh_from_db()
    assert (row.error, row.failing_since) == ("", None)


@pytest.mark.django_db
def test_a_job_is_done_no_more_often_than_it_says() -> None:
    done: list[datetime] = []
    job = Regular(JobName.TERMS, lambda at: done.append(at), HOUR)
    for minutes in (0, 1, 59, 60, 61):
        run_job(job, at=NOW + timedelta(minutes=minutes))
    assert done == [NOW, NOW + HOUR]


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_begun_again() -> None:
    Job.objects.create(name=JobName.TERMS, began_at=NOW)
    done: list[datetime] = []
    job = Regular(JobName.TERMS, lambda at: done.append(at), timedelta(minutes=1))
    run_job(job, at=NOW + timedelta(minutes=2))
    run_job(job, at=NOW + GIVEN_UP_AFTER)
    assert done == [NOW + GIVEN_UP_AFTER]


@pytest.mark.django_db
def test_a_clock_put_back_keeps_no_job_waiting() -> None:
    """Neither one that ended nor one whose worker died."""
    done: list[datetime] = []
    job = Regular(JobName.SEALS, lambda at: done.append(at), timedelta(minutes=1))
    for at in (NOW, NOW - timedelta(seconds=30), NOW - HOUR):
        run_job(job, at=at)
    assert done == [NOW, NOW - HOUR]
    Job.objects.update(began_at=NOW, ended_at=None)
    run_job(job, at=NOW - HOUR)
    assert done == [NOW, NOW - HOUR, NOW - HOUR]


@pytest.mark.django_db
def test_told_to_stop_it_ends_the_present_job_and_begins_no_other() -> None:
    done: list[str] = []

    def first(at: datetime) -> None:
        worker.stop()
        done.append("first")

    worker = Worker(
        [Regular(JobName.SEALS, first, HOUR), Regular(JobName.TERMS, lambda at: done.append("second"), HOUR)]
    )
    worker.run()
    assert done == ["first"]


@pytest.mark.django_db
def test_the_worker_leaves_word_that_it_lives() -> None:
    Worker([Regular(JobName.TERMS, lambda at: None, HOUR)]).sweep()
    assert (timezone.now() - Job.objects.get(name=JobName.WORKER).began_at) < timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_tasks_that_ended_a_week_ago_are_forgotten(town: Agency, reader: Person, queue: None) -> None:
    write(town, reader)
    Worker([]).work_off()
    tidy_queue(timezone.now() + timedelta(days=6))
    assert DBTaskResult.objects.count() == 1
    tidy_queue(timezone.now() + timedelta(days=8))
    assert DBTaskResult.objects.count() == 0
