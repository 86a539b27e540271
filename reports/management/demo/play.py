"""You come here for the demonstration as a whole: what stands in the database, and how it gets there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from audit.actions import record
from audit.models import Event
from measures.actions.plans import start_plan
from measures.fiscal import BANGKOK, bangkok_date, fiscal_year_of
from measures.models import Agency, Person, Plan, QuarterlyResult
from reports.actions.importing import import_plan
from reports.importing.plan_file import MeasurePart, PlanFile
from reports.importing.reading import read_plan_file
from reports.management.demo.cast import CAST, PORTAL, people
from reports.management.demo.chain import Chain
from reports.management.demo.quarters import Reporter
from reports.models import Report

FILE: Final = Path(settings.BASE_DIR) / "reports" / "demo" / "plan-2567.json"
SLUG: Final = "tuayang"
_FIRST_YEAR: Final = 2567
_LOADED: Final = "demonstration.loaded"


def is_empty() -> bool:
    """Nobody and nothing is there yet."""
    return not (Agency.objects.exists() or Person.objects.exists())


def is_loaded() -> bool:
    """The demonstration was loaded, whatever else is there."""
    return Event.objects.filter(act=_LOADED).exists()


def strangers() -> list[str]:
    """Agencies and people that are not of the demonstration, by name."""
    usernames = [member.username for member in (*CAST, PORTAL)]
    agencies = Agency.objects.exclude(slug=SLUG).values_list("name", flat=True)
    persons = Person.objects.exclude(username__in=usernames).values_list("username", flat=True)
    return [*agencies, *persons]


@transaction.atomic
def play(now: datetime) -> None:
    """Play it all into an empty database: as a whole or, where anything fails, not at all.

    The documents are drawn inside the transaction: nobody else writes to a database that is being set up.
    """
    file = read_plan_file(FILE.read_bytes())
    parts = [measure for group in file.groups for measure in group.measures]
    cast, first = _first_year(file, parts, now)
    this_year = fiscal_year_of(bangkok_date(now))
    last = first
    if this_year - 1 > first.fiscal_year:
        last = _last_year(first, parts, cast, this_year - 1, now)
    if this_year > last.fiscal_year:
        _this_year(last, parts, cast, this_year, now)
    record(_LOADED, agency_id=first.agency_id, by=None, at=now, about=first.agency)


def _moment(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BANGKOK)


def _first_year(file: PlanFile, parts: list[MeasurePart], now: datetime) -> tuple[dict[str, Person], Plan]:
    """The file's year: reported quarter by quarter, signed by five and published."""
    bare = [
        replace(group, measures=tuple(replace(measure, quarters=()) for measure in group.measures))
        for group in file.groups
    ]
    at = _moment(2023, 10, 2, 9)
    plan = import_plan(file=replace(file, groups=tuple(bare)), at=at).plan
    cast = people(plan.agency, at, bangkok_date(now))
    reporter = Reporter(cast, 0, now)
    reporter.whole(plan, parts, list(plan.periods.all()))
    survey = QuarterlyResult.objects.get(measure__plan=plan, measure__key="m6", period__number=3)
    reporter.picture(survey, "ภาพการประชุมรับฟังความคิดเห็น", by=cast["nitikorn"], at=_moment(2024, 7, 8, 10))
    Chain(cast).sign_and_publish(
        Report.objects.get(plan=plan),
        _moment(2024, 12, 27, 9, 15),
        [
            _moment(2024, 12, 27, 11, 2),
            _moment(2024, 12, 27, 14, 5),
            _moment(2024, 12, 30, 9, 40),
            _moment(2024, 12, 30, 15, 12),
            _moment(2025, 1, 2, 10, 26),
        ],
        _moment(2025, 1, 2, 16, 20),
    )
    return cast, plan


def _last_year(
    source: Plan, parts: list[MeasurePart], cast: dict[str, Person], year: int, now: datetime
) -> Plan:
    """The year before the current one: complete, its report returned once and on its way up again."""
    begins, ends = _year_begins(year), _year_begins(year + 1)
    plan = start_plan(agency=source.agency, fiscal_year=year, source=source, by=cast["nitikorn"], at=begins)
    reporter = Reporter(cast, year - _FIRST_YEAR, now)
    reporter.whole(plan, parts, list(plan.periods.all()))
    reporter.outcomes(plan, parts, (ends + timedelta(days=6)).date())

    def ago(days: int, hour: int, minute: int) -> datetime:
        day = bangkok_date(now) - timedelta(days=days)
        # In the first days of a year there is not much time behind us.
        return min(now, max(ends, datetime.combine(day, time(hour, minute), BANGKOK)))

    Chain(cast).wait_after_return(
        plan,
        [
            ago(9, 9, 30), ago(8, 10, 0), ago(7, 9, 10), ago(7, 14, 25), ago(6, 11, 0),
            ago(5, 9, 0), ago(5, 10, 0), ago(4, 13, 40), ago(2, 9, 55),
        ],
    )  # fmt: skip
    return plan


def _this_year(
    source: Plan, parts: list[MeasurePart], cast: dict[str, Person], year: int, now: datetime
) -> None:
    """The current year: rolled over, its past quarters complete, the one that runs partly reported."""
    plan = start_plan(
        agency=source.agency,
        fiscal_year=year,
        source=source,
        by=cast["nitikorn"],
        at=min(now, _year_begins(year)),
    )
    reporter = Reporter(cast, year - _FIRST_YEAR, now)
    today = bangkok_date(now)
    periods = list(plan.periods.all())
    reporter.whole(plan, parts, [period for period in periods if period.ends < today])
    running = next(period for period in periods if period.starts <= today <= period.ends)
    reporter.partly(plan, parts, running)


def _year_begins(year: int) -> datetime:
    """Nine o'clock on the first day of a fiscal year (พ.ศ.)."""
    return _moment(year - 544, 10, 1, 9)
