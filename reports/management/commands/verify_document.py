"""``manage.py verify_document FILE``: what a PDF says of its seal, and what the portal knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from measures.dates import moment_label
from reports.choices import SealLevel
from reports.exports import TWINS
from reports.public.standing import Document, document, verdict
from reports.queries import revisions_of_file, signed_siblings
from reports.seal.checking import State, Verdict, check


class Command(BaseCommand):
    help = "ตรวจตราประทับอิเล็กทรอนิกส์ของไฟล์ PDF และเทียบกับเอกสารในระบบ จบด้วยรหัส 1 หากเชื่อถือไฟล์ไม่ได้"
    # Prints no document: works where the fonts are not made yet.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.pdf")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            found = check(file.read_bytes())
        except OSError as error:
            raise CommandError(f"เปิดไฟล์ {file} ไม่ได้ ({error.strerror})") from error
        known = _in_the_portal(found)
        for line in (
            *_of_the_seal(found),
            f"SHA-256: {found.sha256}",
            *(_of_the_portal(known) if known else ()),
        ):
            self.stdout.write(line)
        if known is None:
            raise CommandError("ไฟล์นี้ไม่ตรงกับต้นฉบับใดในระบบ จึงยืนยันไม่ได้ว่าเป็นเอกสารของหน่วยงาน")
        if known.signatures.contradicts:
            raise CommandError("ไฟล์ตรงกับต้นฉบับ แต่บันทึกการลงนามในระบบขัดแย้งกัน กรุณาเรียกใช้ manage.py verify_audit")


def _of_the_seal(found: Verdict) -> Iterator[str]:
    """What the file itself tells."""
    yield f"ตราประทับ: {found.state.value}"
    if not found.name:
        return
    yield f"ชื่อในใบรับรอง: {found.name}"
    issuer = "ออกให้ตนเอง ไม่มีผู้ให้บริการออกใบรับรองยืนยันชื่อนี้" if found.self_issued else found.issuer
    yield f"ผู้ออกใบรับรอง: {issuer}"
    yield f"SHA-256 ของใบรับรอง: {found.certificate_sha256}"
    if found.signed_at:
        yield f"เวลาที่ประทับตามไฟล์: วันที่ {moment_label(found.signed_at)}"
    if found.stamped_at:
        yield f"เวลาที่ผู้ให้บริการประทับเวลายืนยัน: วันที่ {moment_label(found.stamped_at)} ({found.stamped_by})"
    if found.state in (State.WHOLE, State.ADDED):
        yield f"ระดับ: {SealLevel(found.level).label}"


def _in_the_portal(found: Verdict) -> Document | None:
    """The document one of whose files it is."""
    revision = revisions_of_file(found.sha256, TWINS).first()
    return document(revision, signed_siblings(revision), sha256=found.sha256) if revision else None


def _of_the_portal(known: Document) -> Iterator[str]:
    """What became of it."""
    told = verdict(known)
    yield f"เอกสาร: {known.revision}"
    yield f"สถานะ: {told.headline}"
    yield from (f"  {sentence}" for sentence in told.sentences)
    if told.link:
        yield f"  {told.link_label}: {settings.PUBLIC_URL}{told.link}"
