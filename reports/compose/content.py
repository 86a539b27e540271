"""Reads a report and its plan, in a fixed number of statements, into the plain data that is frozen and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from measures import models as rows
from measures.bullets import parse
from measures.choices import Workflow
from measures.fiscal import bangkok_date
from measures.numbering import group_number, measure_number, step_number
from reports import content
from reports.choices import Kind
from reports.compose.prefill import Draft
from reports.compose.reported import Reported, reported_in
from reports.models import Report, ReportSection, Signer


def compose(report: Report, *, on: date | None = None) -> content.Content:
    """The report as it stands now, as plain data.

    ``on`` is the day (in Bangkok) whose holder of the author's position is named; today by default.
    """
    signers = report.signers.select_related("position").order_by("order")
    return compose_draft(Draft(report, tuple(report.sections.all()), tuple(signers)), on=on)


def compose_draft(draft: Draft, *, on: date | None = None, measures: bool = True) -> content.Content:
    """The same for a report that may not be in the database yet.

    Without its ``measures`` the table is empty; reading 200 takes ten times as long as setting the memorandum.
    """
    report = draft.report
    plan = _read(report) if measures else rows.Plan.objects.select_related("agency").get(pk=report.plan_id)
    return content.Content(
        agency=_agency(plan.agency),
        fiscal_year=plan.fiscal_year,
        kind=report.kind,
        memorandum=_memorandum(report, plan, draft.sections),
        table=content.Table(
            title=report.table_title,
            subtitle=report.table_subtitle,
            columns=report.table_columns,
            groups=tuple(_groups(report, plan)) if measures else (),
        ),
        signers=tuple(_signers(draft.signers, on or bangkok_date(timezone.now()))),
        thai_digits=plan.agency.thai_digits,
        part=report.part,
        top_mm=plan.agency.top_mm,
        is_rehearsal=report.is_rehearsal,
    )


def _read(report: Report) -> rows.Plan:
    """The plan with everything below it: one statement a table, however large the plan is."""
    results = (
        rows.QuarterlyResult.objects.filter(state=Workflow.ACCEPTED)
        .prefetch_related("evidence", "steps_done")
        .order_by("period__number")
    )
    ownerships = rows.Ownership.objects.select_related("unit__parent").order_by("position", "pk")
    measures = rows.Measure.objects.select_related("outcome").order_by("position", "pk")
    return (
        rows.Plan.objects.select_related("agency")
        .prefetch_related(
            "periods",
            "groups",
            Prefetch("groups__measures", measures),
            "groups__measures__steps",
            Prefetch("groups__measures__ownerships", ownerships),
            Prefetch("groups__measures__results", results),
        )
        .get(pk=report.plan_id)
    )


def _agency(agency: rows.Agency) -> content.Agency:
    return content.Agency(
        slug=agency.slug,
        name=agency.name,
        name_en=agency.name_en,
        province=agency.province,
        emblem_sha256=agency.emblem_sha256,
        contact=content.Contact(
            address=agency.address,
            phone=agency.phone,
            email=agency.email,
            website=agency.website,
            complaint_channel=agency.complaint_channel,
            complaint_url=agency.complaint_url,
        ),
    )


def _memorandum(report: Report, plan: rows.Plan, sections: Iterable[ReportSection]) -> content.Memorandum:
    refers_to = (
        content.Reference(report.refers_number, report.refers_date, report.refers_subject)
        if report.refers_number
        else None
    )
    return content.Memorandum(
        section=report.section,
        number=report.number,
        date=report.date,
        subject=report.subject,
        addressee=report.addressee,
        sections=tuple(content.Section(s.number, s.title, s.body, parse(s.items)) for s in sections),
        closing=report.closing,
        refers_to=refers_to,
        # The result of a year's assessment is no matter of a part of the year.
        ita_score=_score(plan.ita_score) if report.kind == Kind.ANNUAL else "",
        ita_target=_score(plan.ita_target) if report.kind == Kind.ANNUAL else "",
    )


def _score(score: Decimal | None) -> str:
    return "" if score is None else str(score)


def _periods(report: Report, plan: rows.Plan) -> list[rows.Period]:
    """The periods inside the stretch of the year that the report is about."""
    return [period for period in plan.periods.all() if report.span.contains(period.starts, period.ends)]


def _groups(report: Report, plan: rows.Plan) -> Iterable[content.Group]:
    periods, said = _periods(report, plan), _said(report, plan.agency)
    for order, group in enumerate(plan.groups.all(), 1):
        yield content.Group(
            key=group.key,
            number=group_number(order, group.number),
            title=group.title,
            measures=tuple(_measure(m, n, periods, said) for n, m in enumerate(group.measures.all(), 1)),
        )


_Said = Callable[[rows.Measure, tuple[content.Quarter, ...]], Reported]


def _said(report: Report, agency: rows.Agency) -> _Said:
    """Where a measure's results come from: the year's from its outcome, those of a part from its periods."""
    if report.kind == Kind.ANNUAL:
        return lambda measure, quarters: _outcome(measure)
    return lambda measure, quarters: reported_in(quarters, thai=agency.thai_digits)


def _measure(
    measure: rows.Measure, order: int, periods: list[rows.Period], said_of: _Said
) -> content.Measure:
    steps = list(measure.steps.all())
    quarters = tuple(_quarters(measure, steps, periods))
    said = said_of(measure, quarters)
    return content.Measure(
        key=measure.key,
        number=measure_number(order, measure.number),
        title=measure.title,
        steps=tuple(content.Step(step_number(n, s.number), s.text) for n, s in enumerate(steps, 1)),
        units=tuple(ownership.unit.full_name for ownership in measure.ownerships.all()),
        units_printed=measure.units_printed,
        due_text=measure.due_text,
        due=measure.due,
        progress=said.progress,
        results=said.results,
        quarters=quarters,
        indicator=measure.indicator,
        target=measure.target,
        budget="" if measure.budget is None else str(measure.budget),
        percent=said.percent,
        obstacles=said.obstacles,
        suggestions=said.suggestions,
        remark=said.remark,
    )


def _outcome(measure: rows.Measure) -> Reported:
    """What the officer curated for the year; a field left empty there is empty here, and nothing is guessed."""
    outcome: rows.Outcome | None = getattr(measure, "outcome", None)
    if outcome is None:
        return Reported()
    return Reported(
        progress=outcome.progress,
        percent=outcome.percent,
        results=outcome.bullets,
        obstacles=parse(outcome.obstacles),
        suggestions=parse(outcome.suggestions),
        remark=outcome.remark,
    )


def _quarters(
    measure: rows.Measure, steps: list[rows.Step], periods: list[rows.Period]
) -> Iterable[content.Quarter]:
    accepted = {result.period_id: result for result in measure.results.all()}
    places = {step.pk: place for place, step in enumerate(steps, 1)}
    for period in periods:
        result = accepted.get(period.pk)
        if result is None:
            yield content.Quarter(period.number, period.name, period.starts, period.ends, reported=False)
            continue
        yield content.Quarter(
            number=period.number,
            name=period.name,
            starts=period.starts,
            ends=period.ends,
            reported=True,
            progress=result.progress,
            percent=result.percent,
            nil_reason=result.nil_reason if result.nothing_done else "",
            results=result.bullets,
            steps_done=tuple(sorted(places[s.pk] for s in result.steps_done.all() if s.pk in places)),
            evidence=tuple(_evidence(evidence) for evidence in result.evidence.all()),
            obstacles=parse(result.obstacles),
            suggestions=parse(result.suggestions),
        )


def _evidence(evidence: rows.Evidence) -> content.Evidence:
    """Of internal evidence its hash alone is frozen: the content is published, the evidence is not."""
    if not evidence.is_public:
        return content.Evidence(uid=str(evidence.uid), public=False, sha256=evidence.sha256)
    return content.Evidence(
        uid=str(evidence.uid),
        public=True,
        title=evidence.title,
        url=evidence.url,
        filename=evidence.filename,
        sha256=evidence.sha256,
        size=evidence.size,
        content_type=evidence.content_type,
    )


def _signers(signers: Iterable[Signer], day: date) -> Iterable[content.Signer]:
    for signer in signers:
        yield content.Signer(
            order=signer.order,
            position=signer.position.title,
            addressed_to=signer.addressed_to,
            words=signer.words,
            name=_holder(signer.position, day) if signer.order == 0 else "",
        )


def _holder(position: rows.Position, day: date) -> str:
    """Who fills the position on a day: its holder before those who act for it; "" where it is vacant."""
    in_force = position.appointments.on(day).select_related("person")
    filling = sorted(in_force, key=lambda a: a.precedence)
    return filling[0].person.full_name if filling else ""
