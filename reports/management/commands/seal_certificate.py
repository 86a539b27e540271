"""``manage.py seal_certificate SLUG``: which certificate seals an agency's documents (docs/sealing.md)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from measures.dates import moment_label
from measures.models import Agency
from reports.seal.certificates import Unfit, certificate_of, own_path, passphrase_variable


class Command(BaseCommand):
    help = "แสดงใบรับรองที่ใช้ประทับเอกสารของหน่วยงาน หากยังไม่มี พอร์ทัลจะออกให้"
    # Prints no document: works where the fonts are not made yet.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        agency = Agency.objects.filter(slug=slug).first()
        if agency is None:
            raise CommandError(f'ไม่มีหน่วยงาน "{slug}"')
        try:
            found = certificate_of(agency.slug, agency.name, at=timezone.now())
        except Unfit as unfit:
            raise CommandError(f"{unfit}\n{unfit.operator}") from None
        for line in (
            f"ชื่อในใบรับรอง: {found.name}",
            f"ผู้ออกใบรับรอง: {found.issuer}",
            f"ใช้ได้ตั้งแต่วันที่ {moment_label(found.starts)} ถึงวันที่ {moment_label(found.ends)}",
            f"SHA-256 ของใบรับรอง: {found.sha256}",
        ):
            self.stdout.write(line)
        if not found.own:
            self.stdout.write(
                f"หากหน่วยงานมีใบรับรองของตนเอง (PKCS#12) ให้วางไว้ที่ {own_path(slug)} "
                f"และกำหนดรหัสผ่านใน {passphrase_variable(slug)}"
            )
