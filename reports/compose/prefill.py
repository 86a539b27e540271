"""A new report as the portal can fill it in: from the plan, the agency, its chain, and last year's report."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from measures.choices import Role
from measures.models import Agency, ChainLink, Period, Person, Plan
from measures.thai import thai_digits
from reports.choices import Kind
from reports.columns import MOST, PERIOD, USUAL, period_of, stored
from reports.compose import wording
from reports.content import Column
from reports.models import Report, ReportSection, Signer


@dataclass(frozen=True)
class Draft:
    """A report with its parts, none of it in the database yet."""

    report: Report
    sections: tuple[ReportSection, ...]
    signers: tuple[Signer, ...]


def prefill(plan: Plan, kind: Kind = Kind.ANNUAL, part: int = 0, *, by: Person | None = None) -> Draft:
    """The report of ``plan`` about the year or a part of it, with everything the portal knows filled in.

    Nothing is written. ``by`` is the officer who starts it, whose unit heads the memorandum where there is no
    earlier report.
    """
    before = _before(plan, kind, part)
    earlier = before or _last_report(plan)
    report = Report(
        plan=plan,
        kind=kind,
        part=part,
        section=earlier.section if earlier else _section(plan, by),
        number=f"{plan.agency.document_code}/" if plan.agency.document_code else "",
        addressee=plan.agency.executive_title,
        closing=earlier.closing if earlier else wording.CLOSING,
    )
    report.columns = stored(_columns(report, before))
    if before and before.date and not before.number.endswith("/"):
        report.refers_number, report.refers_date = before.number, before.date
        report.refers_subject = before.subject
    facts = facts_of(report)
    report.subject = wording.subject(facts)
    report.table_title, report.table_subtitle = wording.table_titles(facts)
    return Draft(report, generated_sections(report), _signers(report))


def generated_sections(report: Report) -> tuple[ReportSection, ...]:
    """The three sections in the usual words, from the report's reference and the plan's score; unsaved."""
    digits = thai_digits if report.plan.agency.thai_digits else str
    return tuple(
        ReportSection(
            position=number,
            number=digits(str(number)),
            title=text.title,
            body=text.body,
            items=text.items,
        )
        for number, text in enumerate(wording.sections(facts_of(report)), 1)
    )


def facts_of(report: Report) -> wording.Facts:
    """What the sentences of a report are made of."""
    plan = report.plan
    return wording.Facts(
        agency=plan.agency.name,
        year=plan.fiscal_year,
        score=plan.ita_score,
        target=plan.ita_target,
        refers_number=report.refers_number,
        refers_date=report.refers_date,
        refers_subject=report.refers_subject,
        thai_digits=plan.agency.thai_digits,
        kind=Kind(report.kind),
        part=report.part,
    )


def periods_of(report: Report) -> list[Period]:
    """The plan's periods that lie in the stretch of the year that the report is about."""
    return [
        period for period in report.plan.periods.all() if report.span.contains(period.starts, period.ends)
    ]


def _before(plan: Plan, kind: Kind, part: int) -> Report | None:
    """The report of the same kind before this one: last year's, last quarter's."""
    earlier = Q(plan__fiscal_year__lt=plan.fiscal_year) | Q(plan=plan, part__lt=part)
    reports = Report.objects.for_agency(plan.agency).real().filter(earlier, kind=kind)
    return reports.order_by("-plan__fiscal_year", "-part").first()


def _last_report(plan: Plan) -> Report | None:
    """The newest report of any kind up to this year."""
    reports = Report.objects.for_agency(plan.agency).real().filter(plan__fiscal_year__lte=plan.fiscal_year)
    return reports.order_by("-plan__fiscal_year", "-pk").first()


def _columns(report: Report, before: Report | None) -> tuple[Column, ...]:
    """The columns of the report before; where they are about its periods, this one's take their place."""
    columns = before.table_columns if before else ()
    digits = thai_digits if report.plan.agency.thai_digits else str
    own = [Column(f"{PERIOD}{period.number}", digits(period.name)) for period in periods_of(report)]
    about = [column for column in columns if period_of(column.source) is not None]
    if {column.source for column in about} <= {column.source for column in own}:
        return columns or USUAL
    place = columns.index(about[0])
    rest = [column for column in columns if column not in about]
    return (*rest[:place], *own, *rest[place:])[:MOST] or USUAL


def _section(plan: Plan, by: Person | None) -> str:
    grant = (
        by.grants.filter(role=Role.CONTRIBUTOR).select_related("unit__parent").order_by("pk").first()
        if by
        else None
    )
    unit = grant.unit.full_name if grant and grant.unit else ""
    return f"{unit} {plan.agency.name}".strip()


def _signers(report: Report) -> tuple[Signer, ...]:
    links = chain_links(report.plan.agency, Kind(report.kind))
    return tuple(
        Signer(order=link.order, position=link.position, addressed_to=link.addressed_to, words=link.words)
        for link in links
    )


def differs_from_agency(report: Report) -> bool:
    """Whether the positions of this report's chain are not those of the agency's today; two statements."""
    own = list(report.signers.order_by("order").values_list("position_id", flat=True))
    links = chain_links(report.plan.agency, Kind(report.kind))
    return bool(links) and own != [link.position_id for link in links]


def chain_links(agency: Agency, kind: Kind) -> list[ChainLink]:
    """The agency's chain for a kind of report: its own where there is one, else the usual; one statement."""
    links = (
        ChainLink.objects.filter(agency=agency, kind__in=["", kind])
        .select_related("position")
        .order_by("order")
    )
    own = [link for link in links if link.kind]
    return own or [link for link in links if not link.kind]
