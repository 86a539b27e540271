"""``manage.py export_plan SLUG YEAR``: a year's plan as a file on standard output (docs/plan-format.md)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from audit.actions import record
from measures.dates import read_year
from measures.models import Agency, Plan
from measures.thai import ThaiValueError
from reports.importing.exporting import export_plan


class Command(BaseCommand):
    help = "ส่งออกมาตรการของหน่วยงานหนึ่งปีเป็น JSON ทางช่องออกมาตรฐาน (รูปแบบไฟล์: docs/plan-format.md)"
    # Prints no document: works where the fonts are not made yet.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("year", metavar="YEAR", help="ปีงบประมาณ พ.ศ. เช่น 2567")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = _plan(options["slug"], str(options["year"]))
        text = export_plan(plan)
        # The file names people: whoever hands it out leaves a trace.
        record("plan.exported", agency_id=plan.agency_id, by=None, at=timezone.now(), about=plan)
        # The format is UTF-8 whatever the terminal thinks it speaks.
        if binary := getattr(self.stdout, "buffer", None):
            binary.write(text.encode())
            binary.flush()
        else:
            self.stdout.write(text, ending="")


def _plan(slug: str, typed_year: str) -> Plan:
    try:
        year = read_year(typed_year)
    except ThaiValueError as error:
        raise CommandError(str(error)) from None
    plan = Plan.objects.filter(agency__slug=slug, fiscal_year=year).select_related("agency").first()
    if plan is None:
        years = (
            Plan.objects.filter(agency__slug=slug)
            .order_by("fiscal_year")
            .values_list("fiscal_year", flat=True)
        )
        known = f"มีปี {', '.join(map(str, years))}" if years else "ยังไม่มีมาตรการของปีใด"
        if not Agency.objects.filter(slug=slug).exists():
            raise CommandError(f'ไม่มีหน่วยงาน "{slug}"')
        raise CommandError(f'หน่วยงาน "{slug}" ไม่มีมาตรการของปีงบประมาณ พ.ศ. {year} ({known})')
    return plan
