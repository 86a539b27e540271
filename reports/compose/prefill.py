"""A new report as the portal can fill it in: from the plan, the agency, its chain, and last year's report."""

from __future__ import annotations

from dataclasses import dataclass

from measures.choices import Role
from measures.models import ChainLink, Person, Plan
from measures.thai import thai_digits
from reports.choices import Kind
from reports.columns import USUAL, stored
from reports.compose import wording
from reports.models import Report, ReportSection, Signer


@dataclass(frozen=True)
class Draft:
    """A report with its parts, none of it in the database yet."""

    report: Report
    sections: tuple[ReportSection, ...]
    signers: tuple[Signer, ...]


def prefill(plan: Plan, *, by: Person | None = None) -> Draft:
    """The annual report of ``plan`` with everything the portal knows filled in; nothing is written.

    ``by`` is the officer who starts it, whose unit heads the memorandum where there is no earlier report.
    """
    earlier = _last_report(plan)
    report = Report(
        plan=plan,
        kind=Kind.ANNUAL,
        section=earlier.section if earlier else _section(plan, by),
        number=f"{plan.agency.document_code}/" if plan.agency.document_code else "",
        addressee=plan.agency.executive_title,
        closing=earlier.closing if earlier else wording.CLOSING,
        columns=earlier.columns if earlier and earlier.columns else stored(USUAL),
    )
    if earlier and earlier.date and not earlier.number.endswith("/"):
        report.refers_number, report.refers_date = earlier.number, earlier.date
        report.refers_subject = earlier.subject
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
    )


def _last_report(plan: Plan) -> Report | None:
    return (
        Report.objects.for_agency(plan.agency)
        .filter(kind=Kind.ANNUAL, plan__fiscal_year__lt=plan.fiscal_year)
        .first()
    )


def _section(plan: Plan, by: Person | None) -> str:
    grant = (
        by.grants.filter(role=Role.CONTRIBUTOR).select_related("unit__parent").order_by("pk").first()
        if by
        else None
    )
    unit = grant.unit.full_name if grant and grant.unit else ""
    return f"{unit} {plan.agency.name}".strip()


def _signers(report: Report) -> tuple[Signer, ...]:
    links = ChainLink.objects.filter(agency=report.plan.agency).select_related("position").order_by("order")
    return tuple(
        Signer(order=link.order, position=link.position, addressed_to=link.addressed_to, words=link.words)
        for link in links
    )
