"""You come here for a year as a plan file: the same rows always give the same bytes."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from measures.bullets import parse, to_plain
from measures.choices import Progress, Responsibility
from measures.dates import long_date
from measures.models import (
    Agency,
    Measure,
    MeasureGroup,
    Outcome,
    Ownership,
    Period,
    Plan,
    QuarterlyResult,
    Step,
)
from measures.thai import thai_digits
from reports.choices import Kind
from reports.content import FIVE
from reports.importing.memorandum import MEMORANDUM_TEXTS, SCORES
from reports.importing.reading import AGENCY_ADDRESSES, AGENCY_TEXTS
from reports.models import Report, ReportSection, Signer

Data = dict[str, Any]


def export_plan(plan: Plan) -> str:
    """The plan file of ``plan``, indented by one space, with a newline at its end.

    Evidence that is a file is left out; its bytes are not text.
    """
    return json.dumps(_plan(plan), ensure_ascii=False, indent=1) + "\n"


def _plan(plan: Plan) -> Data:
    report = Report.objects.real().filter(plan=plan, kind=Kind.ANNUAL).first()
    data: Data = {"agency": _agency(plan.agency), "fiscal_year_be": plan.fiscal_year}
    table: Data = {}
    if report:
        data["memorandum"] = _memorandum(report, plan)
        table = {
            "title_th": report.table_title,
            "subtitle_th": report.table_subtitle,
            "columns_th": _columns(report),
        }
    else:
        data |= _scores(plan)
    data["periods"] = [_period(period) for period in plan.periods.order_by("number")]
    data["table"] = table | {"groups": [_group(group) for group in _groups(plan)]}
    return data


def _columns(report: Report) -> list[str] | list[Data]:
    """The headings alone where the columns are the usual five."""
    columns = report.table_columns
    if tuple(column.source for column in columns) == FIVE and all(column.heading for column in columns):
        return [column.heading for column in columns]
    return [{"source": column.source, "heading_th": column.heading} for column in columns]


def _agency(agency: Agency) -> Data:
    names = {name: getattr(agency, attribute) for name, (attribute, _) in AGENCY_TEXTS.items()}
    addresses = {name: getattr(agency, attribute) for name, attribute in AGENCY_ADDRESSES.items()}
    rest = {"email": agency.email, "thai_digits": agency.thai_digits, "memo_top_mm": agency.top_mm}
    return {"slug": agency.slug, **names, **addresses, **rest}


def _scores(plan: Plan) -> Data:
    return {name: _decimal(getattr(plan, name)) for name in SCORES}


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:.2f}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _period(period: Period) -> Data:
    return {
        "number": period.number,
        "kind": period.kind,
        "name_th": period.name,
        "starts": _day(period.starts),
        "ends": _day(period.ends),
        "opens": _day(period.opens),
        "closes": _day(period.closes),
    }


# --- the memorandum ---------------------------------------------------------------------------------------------


def _memorandum(report: Report, plan: Plan) -> Data:
    texts = {name: getattr(report, attribute) for name, (attribute, _) in MEMORANDUM_TEXTS.items()}
    closing = texts.pop("closing_th")
    data: Data = {
        "section_th": texts.pop("section_th"),
        "number_th": texts.pop("number_th"),
        "date": _day(report.date),
    }
    if report.date:
        data["date_th"] = thai_digits(long_date(report.date))
    data |= texts
    if report.refers_number or report.refers_date or report.refers_subject:
        data["refers_to"] = {
            "number_th": report.refers_number,
            "date": _day(report.refers_date),
            "subject_th": report.refers_subject,
        }
    return data | {
        **_scores(plan),
        "next_fiscal_year_be": plan.fiscal_year + 1,
        "sections": [_section(section) for section in report.sections.order_by("position", "pk")],
        "closing_th": closing,
        "chain": _chain(list(report.signers.select_related("position").order_by("order"))),
    }


def _section(section: ReportSection) -> Data:
    data: Data = {"number_th": section.number, "title_th": section.title, "body_th": section.body}
    if section.items:
        data["items_th"] = _items(section.items)
    return data


def _items(typed: str) -> list[str | Data]:
    """Items by their text where they are numbered ๑. ๒. ๓. as they stand, else with their markers."""
    return [
        entry.text
        if entry.marker == f"{thai_digits(index + 1)}." and not entry.items
        else {"marker": entry.marker, "text": entry.text}
        for index, entry in enumerate(_flat(typed))
    ]


def _flat(typed: str) -> list[Any]:
    return [part for entry in parse(typed) for part in (entry, *entry.items)]


def _chain(signers: list[Signer]) -> list[Data]:
    chain: list[Data] = []
    for index, signer in enumerate(signers):
        link: Data = {"position_th": signer.position.title}
        if signer.addressed_to:
            link["addressed_to_th"] = signer.addressed_to
        if signer.words:
            link["endorsement_th"] = signer.words
        if index == 0:
            link["role"] = "author"
        elif index == len(signers) - 1:
            link["role"] = "final"
        chain.append(link)
    return chain


# --- the table --------------------------------------------------------------------------------------------------


def _groups(plan: Plan) -> list[MeasureGroup]:
    """The groups with everything below them, one statement a table."""
    return list(
        plan.groups.order_by("position", "pk").prefetch_related(
            "measures__steps",
            "measures__ownerships__unit__parent",
            "measures__outcome",
            "measures__results__period",
            "measures__results__steps_done",
            "measures__results__evidence",
        )
    )


def _group(group: MeasureGroup) -> Data:
    return {
        "key": group.key,
        "printed_number": group.number,
        "title_th": group.title,
        "measures": [_measure(measure) for measure in group.measures.all()],
    }


def _measure(measure: Measure) -> Data:
    steps = list(measure.steps.all())
    outcome: Outcome | None = getattr(measure, "outcome", None)
    data: Data = {
        "key": measure.key,
        "printed_number": measure.number,
        "title_th": measure.title,
        "steps_th": [_step(step) for step in steps],
        "units_th": [_unit(owner) for owner in measure.ownerships.all()],
    }
    if measure.units_printed:
        data["units_printed_th"] = measure.units_printed
    data |= {"due_th": measure.due_text, "due": _day(measure.due)}
    data |= _named({"indicator_th": measure.indicator, "target_th": measure.target})
    if measure.budget is not None:
        data["budget"] = _decimal(measure.budget)
    data |= _outcome(outcome) if outcome else {"results_th": []}
    if results := sorted(measure.results.all(), key=lambda result: result.period.number):
        data["quarters"] = [_quarter(result, steps) for result in results]
    return data


def _outcome(outcome: Outcome) -> Data:
    data = _named({"progress": outcome.progress})
    if outcome.percent is not None:
        data["percent"] = outcome.percent
    notes = {
        "obstacles_th": outcome.obstacles, "suggestions_th": outcome.suggestions, "remark_th": outcome.remark,
    }  # fmt: skip
    return data | {"results_th": to_plain(outcome.bullets)} | _named(notes)


def _named(texts: dict[str, str]) -> Data:
    """Those that are not empty."""
    return {name: text for name, text in texts.items() if text}


def _step(step: Step) -> str | Data:
    return {"printed_number": step.number, "text_th": step.text} if step.number else step.text


def _unit(owner: Ownership) -> str | Data:
    name = owner.unit.full_name
    return name if owner.kind == Responsibility.LEAD else {"name_th": name, "kind": owner.kind}


def _quarter(result: QuarterlyResult, steps: list[Step]) -> Data:
    places = {step.pk: number for number, step in enumerate(steps, 1)}
    data: Data = {"number": result.period.number, "state": result.state}
    if result.progress:
        data["progress"] = Progress(result.progress).value
    data["percent"] = result.percent
    if result.nothing_done:
        data["nothing_done"] = True
    for name in ("nil_reason", "return_reason"):
        if text := getattr(result, name):
            data[name] = text
    data["results_th"] = to_plain(result.bullets)
    return (
        data
        | _named({"obstacles_th": result.obstacles, "suggestions_th": result.suggestions})
        | {
            "steps_done": sorted(places[step.pk] for step in result.steps_done.all() if step.pk in places),
            "evidence": [
                {"title": evidence.title, "url": evidence.url, "public": evidence.is_public}
                for evidence in result.evidence.all()
                if evidence.url
            ],
        }
    )
