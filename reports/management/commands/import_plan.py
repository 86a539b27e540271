"""``manage.py import_plan FILE.json [--agency SLUG]``: a year's plan from a file (docs/plan-format.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reports.actions.importing import import_plan
from reports.importing.places import FileRefused
from reports.importing.reading import read_plan_file
from reports.importing.strict_json import MOST_BYTES


class Command(BaseCommand):
    help = "นำเข้ามาตรการของหน่วยงานหนึ่งปีจากไฟล์ JSON (รูปแบบไฟล์: docs/plan-format.md)"
    # Prints no document: works where the fonts are not made yet.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.json")
        parser.add_argument("--agency", metavar="SLUG", help="แทน agency.slug ในไฟล์")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            file = read_plan_file(_bytes(path))
            done = import_plan(file=file, at=timezone.now(), agency=options["agency"])
        except FileRefused as refused:
            count = len(refused.problems)
            raise CommandError(f"ยังไม่ได้นำเข้า {path} เพราะพบ {count} จุดที่ต้องแก้ไข\n{refused}") from None
        plan = done.plan
        what = f"{plan.agency} ปีงบประมาณ พ.ศ. {plan.fiscal_year} ({done.measures} มาตรการ)"
        self.stdout.write(f"นำเข้า{what}แล้ว" if done.is_changed else f"{what} ตรงกับไฟล์อยู่แล้ว ไม่มีสิ่งใดเปลี่ยน")


def _bytes(path: Path) -> bytes:
    """At most a little more than may be read, so that an endless file ends here too."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"เปิดไฟล์ {path} ไม่ได้: {reason}") from None
