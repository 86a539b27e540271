"""The demonstration plays its years through the portal's real acts, once, into an empty database only."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client

from measures.choices import Workflow
from measures.fiscal import BANGKOK, Quarter
from measures.models import Agency, Evidence, Letter, Person, Plan, QuarterlyResult
from reports.choices import Decision, Kind, Stage
from reports.importing.exporting import export_plan
from reports.management.demo.cast import CAST, PASSWORD, PORTAL
from reports.management.demo.play import FILE, play
from reports.models import Publication, Report, Revision, SignOff
from reports.span import Span

pytestmark = pytest.mark.django_db


def load(**options: bool) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def rows() -> dict[str, int]:
    """How many rows of each kind there are."""
    models = apps.get_models()
    return {model.__name__: model._default_manager.count() for model in models if model._meta.managed}


@pytest.mark.parametrize(
    ("now", "years", "reported"),
    [
        (datetime(2026, 10, 1, 0, 30, tzinfo=BANGKOK), [2567, 2569, 2570], 0),
        (datetime(2025, 3, 1, 12, 0, tzinfo=BANGKOK), [2567, 2568], 7),
    ],
)
def test_every_screen_has_something_true_to_show(now: datetime, years: list[int], reported: int) -> None:
    play(now)
    plans = list(Plan.objects.order_by("fiscal_year"))
    assert [plan.fiscal_year for plan in plans] == years
    assert [p.revision.report.span for p in Publication.objects.order_by("pk")] == [
        Span(2567, Kind.HALF, 1), Span(2567, Kind.ANNUAL),
    ]  # fmt: skip
    begun = Report.objects.get(plan=plans[-1])
    assert (begun.kind, begun.part) == (Kind.QUARTER, Quarter.of(now.date()).number)
    running = QuarterlyResult.objects.filter(period__plan=plans[-1], period__ends__gte=now.date())
    assert {result.state for result in running} == set(Workflow.values) - {Workflow.NOT_STARTED}
    assert running.filter(nothing_done=True).exclude(nil_reason="").count() == 1
    assert running.count() == 6
    assert QuarterlyResult.objects.filter(period__plan=plans[-1], state="accepted").count() == reported + 3
    assert not QuarterlyResult.objects.filter(saved_at__gt=now).exists()
    assert not SignOff.objects.filter(decided_at__gt=now).exists()


def test_a_year_of_the_demonstration(client: Client) -> None:
    load()
    before = rows()
    load()
    assert rows() == before, "the second run changes nothing"

    first = Plan.objects.select_related("agency").get(fiscal_year=2567)
    assert export_plan(first).encode() == FILE.read_bytes(), "it is what the file says"

    published = Publication.objects.get(revision__report__kind=Kind.ANNUAL).revision
    moments = [signoff.decided_at for signoff in published.signoffs.order_by("order")]
    assert (published.stage, len(moments)) == (Stage.SIGNED, 6)
    assert moments == sorted(moments, key=str), "signed in order"
    assert moments[-1] - moments[0] < timedelta(days=7)  # type: ignore[operator]

    waiting = Report.objects.exclude(plan=first).get(kind=Kind.ANNUAL)
    returned, sent = Revision.objects.filter(report=waiting).order_by("number")
    assert (returned.stage, sent.stage, sent.turn) == (Stage.RETURNED, Stage.SIGNING, 3)
    assert SignOff.objects.get(decision=Decision.RETURNED).person_name == "นายตัวอย่าง หก"

    assert Evidence.objects.exclude(sha256="").count() == 2, "files among the evidence"
    for member in (*CAST, PORTAL):
        assert Person.objects.get(username=member.username).check_password(PASSWORD)

    Agency.objects.create(slug="uen", name="เทศบาลตำบลอื่น")
    with pytest.raises(CommandError, match="มีข้อมูลอื่นอยู่แล้ว"):
        load()


def test_only_the_letter_of_the_turn_that_waits_is_still_to_be_sent() -> None:
    play(datetime(2026, 11, 24, 15, 0, tzinfo=BANGKOK))
    letters = Letter.objects.exclude(state="sent")
    waiting = SignOff.objects.get(revision__stage=Stage.SIGNING, order=F("revision__turn"))
    assert [(letter.state, letter.written_at) for letter in letters] == [("queued", waiting.waiting_since)]
    assert Letter.objects.filter(state="sent").exclude(sent_at=F("written_at")).count() == 0


def test_everybody_is_plainly_invented() -> None:
    assert all("ตัวอย่าง" in member.full_name for member in (*CAST, PORTAL))


def test_a_database_with_anything_else_is_refused(administrator: Person) -> None:
    with pytest.raises(CommandError, match=r"มีข้อมูลอื่นอยู่แล้ว \(administrator\)"):
        load()


def test_a_town_of_the_same_name_is_not_overwritten(town: Agency) -> None:
    with pytest.raises(CommandError, match="ไม่ได้มาจากข้อมูลสาธิต"):
        load()


def test_if_empty_leaves_alone_what_is_there(administrator: Person) -> None:
    before = rows()
    assert (load(if_empty=True), rows()) == ("", before)


def test_sign_ins_name_everybody_and_the_password() -> None:
    printed = load(sign_ins=True)
    assert all(word in printed for word in (PASSWORD, *(member.username for member in (*CAST, PORTAL))))
