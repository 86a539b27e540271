"""You come here for the demonstration as a whole: what stands in the database, and how it gets there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from audit.actions import record
from audit.models import Event
from measures.actions.plans import start_plan
from measures.choices import LetterKind, LetterState
from measures.fiscal import BANGKOK, bangkok_date, fiscal_year_of
from measures.models import Agency, Letter, Person, Plan, QuarterlyResult
from reports.actions.importing import import_plan
from reports.choices import Kind
from reports.importing.plan_file import MeasurePart, PlanFile
from reports.importing.reading import read_plan_file
from reports.management.demo.calendar import workdays_before
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
    reporter = Reporter(cast, this_year - _FIRST_YEAR, now)
    last = _last_year(first, parts, cast, this_year - 1, now) if this_year - 1 > _FIRST_YEAR else first
    current = _roll_over(last, this_year, reporter)
    today = bangkok_date(now)
    reporter.whole(current, parts, [period for period in current.periods.all() if period.ends < today])
    if last is not first:
        Chain(cast).wait_after_return(last, _lately(_year_begins(this_year), now))
    running = current.periods.get(starts__lte=today, ends__gte=today)
    reporter.partly(current, parts, running)
    Chain(cast).start(current, Kind.QUARTER, running.number, "periods", now)
    _deliver_the_past()
    record(_LOADED, agency_id=first.agency_id, by=None, at=now, about=first.agency)


def _deliver_the_past() -> None:
    """Every letter arrived when it was written, but that of the turn which waits: the worker sends it."""
    waiting = Letter.objects.filter(kind=LetterKind.TURN, state=LetterState.QUEUED)
    Letter.objects.exclude(pk__in=waiting.values("pk")).update(
        state=LetterState.SENT, attempts=1, last_error="", next_try_at=None, sent_at=F("written_at")
    )


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
    _half_year(Chain(cast), plan)
    Chain(cast).sign_and_publish(
        Report.objects.real().get(plan=plan, kind=Kind.ANNUAL),
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


def _half_year(chain: Chain, plan: Plan) -> None:
    """The report of the first half year, with columns of its own."""
    started = _moment(2024, 4, 9, 13, 30)
    report = chain.start(plan, Kind.HALF, 1, "progress", started)
    chain.sign_and_publish(
        chain.number(report, "๑๐๒", started),
        _moment(2024, 4, 9, 15, 10),
        [
            _moment(2024, 4, 10, 9, 5),
            _moment(2024, 4, 10, 14, 20),
            _moment(2024, 4, 11, 10, 15),
            _moment(2024, 4, 11, 15, 40),
            _moment(2024, 4, 17, 9, 30),
        ],
        _moment(2024, 4, 17, 13, 45),
    )


def _last_year(
    source: Plan, parts: list[MeasurePart], cast: dict[str, Person], year: int, now: datetime
) -> Plan:
    """The year before the current one: complete, its outcomes curated in the first days after it."""
    reporter = Reporter(cast, year - _FIRST_YEAR, now)
    plan = _roll_over(source, year, reporter)
    reporter.whole(plan, parts, list(plan.periods.all()))
    reporter.outcomes(plan, parts, (_year_begins(year + 1) + timedelta(days=6)).date())
    return plan


def _roll_over(source: Plan, year: int, reporter: Reporter) -> Plan:
    """Start a year from another's measures, on its first day."""
    return start_plan(
        agency=source.agency,
        fiscal_year=year,
        source=source,
        by=reporter.cast["nitikorn"],
        at=min(reporter.now, _year_begins(year)),
    )


def _lately(begins: datetime, now: datetime) -> list[datetime]:
    """When last year's report went up the chain, came back and went up again: in the last two weeks."""

    def ago(days: int, hour: int, minute: int = 0) -> datetime:
        day = workdays_before(bangkok_date(now), days)
        # In the first days of a year there is not much time behind us.
        return min(now, max(begins, datetime.combine(day, time(hour, minute), BANGKOK)))

    return [
        ago(8, 9, 30), ago(7, 10), ago(6, 9, 10), ago(6, 14, 25), ago(5, 11),
        ago(4, 9), ago(4, 10), ago(3, 13, 40), ago(1, 9, 55),
    ]  # fmt: skip


def _year_begins(year: int) -> datetime:
    """Nine o'clock on the first day of a fiscal year (พ.ศ.)."""
    return _moment(year - 544, 10, 1, 9)
