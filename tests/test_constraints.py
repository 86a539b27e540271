"""What the database itself refuses, whoever writes to it: one attempt for every constraint, and none forgotten."""

# ruff: noqa: F811 -- a fixture is asked for by the name it was imported under, 2026-11

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

from audit.models import Anchor, Event
from measures.choices import Acting, LetterKind, LetterState, Progress, Role, Workflow
from measures.models import (
    Absence,
    Agency,
    Appointment,
    AssessmentItem,
    ChainLink,
    Evidence,
    Letter,
    Measure,
    MeasureGroup,
    Outcome,
    Ownership,
    Period,
    Person,
    Plan,
    Position,
    QuarterlyResult,
    RoleGrant,
    Step,
    Unit,
)
from reports.actions.rehearsing import rehearse
from reports.choices import Decision, Kind, Stage
from reports.models import Publication, Report, Revision, Signer, SignOff
from tests.published import content_of, publish, revision_of
from tests.reports.conftest import plan, report, sent  # noqa: F401 -- fixtures, asked for below by name

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 12, 27, 7, 5, tzinfo=UTC)
DAY = date(2024, 12, 27)

WRONG: dict[str, tuple[type[models.Model], dict[str, Any]]] = {
    "report_part_fits_kind": (Report, {"kind": Kind.HALF, "part": 0}),
    "revision_sealed_when_signed": (Revision, {"stage": Stage.SIGNING, "sealed_sha256": "0" * 64}),
    "signoff_who_when_and_what_together": (SignOff, {"decision": Decision.ENDORSED, "decided_at": None}),
    "signoff_return_has_reason": (SignOff, {"decision": Decision.RETURNED, "words": ""}),
    "signoff_only_the_author_sends": (SignOff, {"decision": Decision.SENT, "order": F("order") + 100}),
    "publication_withdrawn_by_whom_when_and_why": (Publication, {"withdrawn_at": NOW}),
    "agency_slug_form": (Agency, {"slug": "Not A Slug"}),
    "agency_slug_not_reserved": (Agency, {"slug": "desk"}),
    "agency_name_given": (Agency, {"name": ""}),
    "agency_top_margin_known": (Agency, {"top_mm": 20}),
    "unit_name_given": (Unit, {"name": ""}),
    "unit_not_below_itself": (Unit, {"parent": F("pk")}),
    "grant_unit_for_contributors_only": (RoleGrant, {"role": Role.OFFICER, "unit": F("unit")}),
    "grant_auditor_until_a_day": (RoleGrant, {"role": Role.AUDITOR, "unit": None, "until": None}),
    "position_title_given": (Position, {"title": ""}),
    "appointment_ends_after_start": (Appointment, {"starts": DAY, "ends": date(2024, 1, 1)}),
    "appointment_acting_by_order": (Appointment, {"kind": Acting.ACTING_ABSENT}),
    "plan_year_is_buddhist": (Plan, {"fiscal_year": 2024}),
    "plan_score_range": (Plan, {"ita_score": 101}),
    "plan_target_range": (Plan, {"ita_target": -1}),
    "period_ends_after_start": (Period, {"ends": date(2000, 1, 1)}),
    "period_closes_after_opening": (Period, {"closes": date(2000, 1, 1)}),
    "measure_title_given": (Measure, {"title": ""}),
    "measure_budget_not_negative": (Measure, {"budget": -1}),
    "outcome_percent_fits_progress": (Outcome, {"progress": Progress.DONE, "percent": 50}),
    "step_text_given": (Step, {"text": ""}),
    "result_exists_when_started": (QuarterlyResult, {"state": Workflow.NOT_STARTED}),
    "result_percent_fits_progress": (QuarterlyResult, {"progress": Progress.DONE, "percent": 50}),
    "result_nil_has_reason": (
        QuarterlyResult, {"state": Workflow.SUBMITTED, "nothing_done": True, "nil_reason": ""},
    ),
    "result_submitted_by_someone": (QuarterlyResult, {"state": Workflow.SUBMITTED, "submitted_by": None}),
    "result_reviewed_by_someone": (QuarterlyResult, {"state": Workflow.ACCEPTED, "reviewed_by": None}),
    "result_return_has_reason": (QuarterlyResult, {"state": Workflow.RETURNED, "return_reason": ""}),
    "evidence_file_or_address": (Evidence, {"url": "https://tuayang.example/", "sha256": "0" * 64}),
    "absence_ends_after_start": (Absence, {"ends": date(2000, 1, 1)}),
    "letter_sent_when": (Letter, {"state": LetterState.SENT}),
    "revision_recalled_when": (Revision, {"recalled_at": NOW}),
    "revision_published_later_by_whom": (Revision, {"publish_at": NOW}),
    "evidence_title_given": (Evidence, {"title": ""}),
}  # fmt: skip

TWICE: dict[str, type[models.Model]] = {
    "report_once_a_part": Report,
    "report_rehearsed_once": Report,
    "anchor_once_a_day": Anchor,
    "event_seq_once": Event,
    "event_follows_once": Event,
    "signer_order_once": Signer,
    "revision_number_once": Revision,
    "revision_one_in_the_chain": Revision,
    "signoff_order_once": SignOff,
    "unit_once_below_parent": Unit,
    "unit_once_at_the_top": Unit,
    "item_once": AssessmentItem,
    "person_email_once": Person,
    "grant_once_a_unit": RoleGrant,
    "grant_once": RoleGrant,
    "position_once": Position,
    "chain_order_once": ChainLink,
    "chain_position_once": ChainLink,
    "plan_once_a_year": Plan,
    "period_number_once": Period,
    "group_key_once": MeasureGroup,
    "measure_key_once": Measure,
    "ownership_once": Ownership,
    "result_once_a_period": QuarterlyResult,
}
OTHERWISE: dict[str, dict[str, Any]] = {
    "event_seq_once": {"hash": "1" * 64, "previous": "2" * 64},
    "event_follows_once": {"hash": "1" * 64, "seq": 999},
    "revision_number_once": {"code": "0" * 12},
    "revision_one_in_the_chain": {"number": 99, "code": "0" * 12},
    "person_email_once": {"username": "another"},
    "chain_order_once": {"position": "new"},
    "chain_position_once": {"order": 99},
}
"""What makes a copy differ in every constraint of its table but the one it is meant to meet."""


@pytest.fixture
def world(plan: Plan, sent: Revision, contributor: Person, officer: Person) -> None:
    """At least one row of everything."""
    Person.objects.filter(pk=officer.pk).update(email="officer@tuayang.example")
    measure, period = plan.measures.all()[0], plan.periods.all()[0]
    result = QuarterlyResult.objects.create(
        measure=measure, period=period, state=Workflow.RETURNED, submitted_by=contributor, submitted_at=NOW,
        reviewed_by=officer, reviewed_at=NOW, return_reason="ขาดหลักฐาน", nil_reason="รอคำสั่ง", percent=None,
    )  # fmt: skip
    rehearse(report=Report.objects.real()[0], by=officer, at=NOW)
    Absence.objects.create(person=officer, starts=DAY, ends=DAY, said_at=NOW)
    Anchor.objects.create(chain=1, day=DAY, seq=1, hash="0" * 64, noted_at=NOW)
    Letter.objects.create(kind=LetterKind.TURN, key="1", subject="ขอให้ลงนาม", written_at=NOW)
    Evidence.objects.create(result=result, title="ประกาศ", url="https://tuayang.example/", added_at=NOW)
    Outcome.objects.get_or_create(measure=measure)
    publish(revision_of(content_of(year=2566)))


def row_for(name: str, model: type[models.Model]) -> models.Model:
    """A row on which only the constraint ``name`` stands between the attempt and the table."""
    chosen: dict[str, dict[str, Any]] = {
        "revision_one_in_the_chain": {"stage": Stage.SIGNING},
        "report_rehearsed_once": {"is_rehearsal": True},
        "revision_recalled_when": {"stage": Stage.SIGNING},
        "revision_sealed_when_signed": {"stage": Stage.SIGNING},
        "unit_once_below_parent": {"parent__isnull": False},
        "unit_once_at_the_top": {"parent__isnull": True},
        "grant_once_a_unit": {"unit__isnull": False},
        "grant_once": {"unit__isnull": True},
        "grant_unit_for_contributors_only": {"unit__isnull": False},
        "person_email_once": {"email": "officer@tuayang.example"},
        "signoff_who_when_and_what_together": {"decision": ""},
        "signoff_return_has_reason": {"decision": Decision.SENT},
        "signoff_only_the_author_sends": {"decision": Decision.SENT},
    }
    return model._default_manager.filter(**chosen.get(name, {})).order_by("pk")[0]


def test_no_constraint_is_without_an_attempt() -> None:
    ours = [
        model
        for label in ("measures", "reports", "audit")
        for model in apps.get_app_config(label).get_models()
    ]
    assert sorted(WRONG | TWICE) == sorted(c.name for model in ours for c in model._meta.constraints)


@pytest.mark.parametrize("name", WRONG)
def test_the_database_refuses_nonsense(world: None, name: str) -> None:
    model, values = WRONG[name]
    row = row_for(name, model)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("name", TWICE)
def test_the_database_refuses_the_same_twice(world: None, town: Agency, name: str) -> None:
    row = row_for(name, TWICE[name])
    row.pk = None
    row._state.adding = True
    for field, value in OTHERWISE.get(name, {}).items():
        setattr(row, field, Position.objects.create(agency=town, title="ใหม่") if value == "new" else value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
