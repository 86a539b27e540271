"""Write the report of a year, a half year or a quarter as PDF: sealed, as presented, or as a draft from the plan."""

from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from measures import storage
from measures.dates import read_year
from measures.errors import Refused
from measures.models import Agency, Plan
from measures.thai import ThaiValueError
from reports.actions.sealing import seal
from reports.actions.sending import emblem_of
from reports.choices import Kind, Stage
from reports.compose import compose, compose_draft, prefill
from reports.document.fonts import Unprintable
from reports.document.pdf import render_pdf
from reports.models import Report, Revision
from reports.span import PARTS


class Command(BaseCommand):
    help = (
        "The memorandum with its table of one agency and fiscal year (พ.ศ.), or of a half year or quarter of it: the "
        "latest revision, sealed if it is sealed; where none was frozen, composed from the plan and marked as a draft."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the agency's name in addresses, e.g. tuayang")
        parser.add_argument("year", help="the fiscal year, e.g. 2567")
        parser.add_argument(
            "--kind", choices=Kind.values, default=Kind.ANNUAL.value, help="what the report is about (annual)"
        )
        parser.add_argument("--part", type=int, default=0, help="which half year (1, 2) or quarter (1-4)")
        parser.add_argument("--output", required=True, metavar="FILE.pdf", help="where to write the PDF")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = _plan(options["slug"], options["year"])
        kind, part = _part(options["kind"], options["part"])
        try:
            said, pdf = _document(plan, kind, part)
        except (Unprintable, Refused) as error:
            raise CommandError(str(error)) from error
        target = Path(options["output"])
        try:
            _write(target, pdf)
        except OSError as error:
            raise CommandError(f"เขียนไฟล์ {target} ไม่ได้: {error.strerror}") from error
        self.stdout.write(f"{said}: {target}")


def _plan(slug: str, typed_year: str) -> Plan:
    try:
        year = read_year(typed_year)
    except ThaiValueError as error:
        raise CommandError(str(error)) from error
    agency = Agency.objects.filter(slug=slug).first()
    if agency is None:
        known = ", ".join(Agency.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "ไม่มี"
        raise CommandError(f'ไม่มีหน่วยงาน "{slug}" หน่วยงานที่มี: {known}')
    plan = Plan.objects.select_related("agency").filter(agency=agency, fiscal_year=year).first()
    if plan is None:
        raise CommandError(f"{agency} ยังไม่มีมาตรการในปีงบประมาณ พ.ศ. {year}")
    return plan


def _part(typed_kind: str, part: int) -> tuple[Kind, int]:
    kind = Kind(typed_kind)
    if part not in PARTS[kind]:
        known = " ".join(map(str, PARTS[kind]))
        raise CommandError(f"--kind {kind} ไม่มี --part {part} ค่าที่ใช้ได้: {known}")
    return kind, part


def _document(plan: Plan, kind: Kind, part: int) -> tuple[str, bytes]:
    """What it is, and its bytes."""
    reports = Report.objects.real().select_related("plan__agency")
    report = reports.filter(plan=plan, kind=kind, part=part).first()
    revision = report.revisions.order_by("-number").first() if report else None
    if revision is None:
        content = compose(report) if report else compose_draft(prefill(plan, kind, part))
        return "ฉบับร่าง", render_pdf(content, stage="draft", emblem=emblem_of(content))
    if revision.stage == Stage.SIGNED:
        seal(revision)
        return f"ฉบับที่ {revision.number} ลงนามครบแล้ว", _kept(revision, revision.sealed_sha256)
    return f"ฉบับที่ {revision.number} ที่เสนอลงนาม", _kept(revision, revision.presented_sha256)


def _kept(revision: Revision, sha256: str) -> bytes:
    try:
        return storage.read(sha256)
    except storage.Damaged as error:
        raise CommandError(
            f"ไม่พบไฟล์ของ{revision} ในที่เก็บ หรือไฟล์ถูกแก้ไข ({sha256[:12]}) กรุณากู้คืนจากสำเนาสำรอง"
        ) from error


def _write(target: Path, pdf: bytes) -> None:
    """Write beside the target, then rename: no reader ever finds half a document."""
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".pdf", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
            beside.chmod(0o644)
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
