"""Import a plan file: everything it says, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from audit.actions import record
from measures.models import Agency, Person, Plan
from reports.importing.agency_rows import Units, write_agency, write_chain
from reports.importing.places import FileRefused, Problem
from reports.importing.plan_file import PlanFile
from reports.importing.plan_rows import write_groups, write_periods, write_plan
from reports.importing.report_rows import write_memorandum
from reports.importing.result_rows import Importer


@dataclass(frozen=True)
class Imported:
    """What an import led to; ``is_changed`` is False where the portal already said all of it."""

    plan: Plan
    measures: int
    is_changed: bool


def import_plan(
    *, file: PlanFile, at: datetime, by: Person | None = None, agency: str | None = None
) -> Imported:
    """Write what ``file`` says. ``agency`` is a slug that wins over the file's; ``by`` is None for a command.

    The agency and the year are created where new, else updated. Raises :class:`FileRefused` where a measure with
    quarterly results is no longer in the file, or the file does not fit what the portal holds; then nothing is written.
    """
    try:
        return _import_plan(file, at, by, agency)
    except ProtectedError:
        # A report is about a vanished period, or a unit reported while results were being looked for.
        sentence = "มาตรการหรืองวดที่ไม่มีในไฟล์มีผลหรือรายงานอ้างถึงอยู่ จึงลบไม่ได้ กรุณาเพิ่มกลับในไฟล์"
        raise FileRefused([Problem("table.groups", sentence)]) from None


@transaction.atomic
def _import_plan(file: PlanFile, at: datetime, by: Person | None, slug: str | None) -> Imported:
    agency, is_founded, changed = write_agency(file.agency, slug)
    if is_founded:
        record("agency.founded", agency_id=agency.pk, by=by, at=at, about=agency, name=agency.name)
    plan, plan_changed = write_plan(file, agency)
    changed |= plan_changed
    changed |= _write_parts(file, agency, plan, at)
    count = sum(len(group.measures) for group in file.groups)
    if changed:
        record(
            "plan.imported",
            agency_id=agency.pk,
            by=by,
            at=at,
            about=plan,
            fiscal_year=plan.fiscal_year,
            measures=count,
        )
    return Imported(plan, count, changed)


def _write_parts(file: PlanFile, agency: Agency, plan: Plan, at: datetime) -> bool:
    units = Units(agency)
    periods, changed = write_periods(file.periods, plan)
    written, groups_changed = write_groups(file.groups, plan, units)
    changed |= groups_changed | bool(units.created)
    changed |= Importer(agency, at).write(written, periods)
    if file.memorandum:
        positions, chain_changed = write_chain(agency, file.memorandum.chain)
        changed |= chain_changed | write_memorandum(file.memorandum, plan, positions)
    return changed
