"""What people do with the evidence of a result: add a file or an address, name it, mark it public, remove it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction

from audit.actions import record
from measures import storage
from measures.attachments import (
    MAX_BYTES,
    WrongFile,
    kind_of,
    safe_name,
    shown_name,
    too_large,
    web_address,
)
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import Evidence, Person, QuarterlyResult
from measures.permissions import Access
from measures.thai import ThaiValueError, canonical
from measures.workflow import next_state

_BLOCK = 64 * 1024
_IN_MEMORY = 1024 * 1024
_LONGEST_TITLE = 300


@dataclass(frozen=True)
class Received:
    """A file that was checked and kept, ready to be attached to a result."""

    kept: storage.Kept
    filename: str
    content_type: str


def receive_file(*, filename: str, chunks: Iterable[bytes]) -> Received:
    """Check a file's size and content and keep it. Slow: call it outside a transaction.

    Raises ``Refused`` with a sentence that names the file.
    """
    shown = shown_name(filename)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        size = _copy(chunks, file)
        if size == 0:
            raise Refused(f'ไฟล์ "{shown}" ว่างเปล่า จึงยังไม่ได้แนบ กรุณาตรวจสอบไฟล์แล้วแนบใหม่')
        if size > MAX_BYTES:
            raise Refused(too_large(shown, size))
        try:
            kind = kind_of(file, shown)
        except WrongFile as wrong:
            raise Refused(str(wrong)) from None
        return Received(storage.keep(_blocks(file)), safe_name(filename, kind), kind.content_type)


@transaction.atomic
def attach_file(
    *, result: QuarterlyResult, received: Received, title: str, is_public: bool, by: Person, at: datetime
) -> Evidence:
    """Attach a kept file; the same file again is the same evidence. Raises ``Refused`` where the state forbids it."""
    result = _hold(result, by, at)
    if same := result.evidence.filter(sha256=received.kept.sha256).first():
        return same
    evidence = Evidence.objects.create(
        result=result,
        title=(title or received.filename.rpartition(".")[0])[:_LONGEST_TITLE],
        sha256=received.kept.sha256,
        size=received.kept.size,
        filename=received.filename,
        content_type=received.content_type,
        is_public=is_public,
        added_by=by,
        added_at=at,
    )
    return _record("evidence.added", evidence, by, at)


def add_file(
    *,
    result: QuarterlyResult,
    title: str,
    filename: str,
    content_type: str,
    chunks: Iterable[bytes],
    is_public: bool,
    by: Person,
    at: datetime,
) -> Evidence:
    """Check, keep and attach a file. ``content_type`` is what the sender calls it; the content decides."""
    received = receive_file(filename=filename, chunks=chunks)
    return attach_file(result=result, received=received, title=title, is_public=is_public, by=by, at=at)


@transaction.atomic
def add_address(
    *, result: QuarterlyResult, title: str, url: str, is_public: bool, by: Person, at: datetime
) -> Evidence:
    """Attach a web address, which is never fetched; the same again is the same evidence. Raises ``Refused``."""
    try:
        address = web_address(url)
    except ThaiValueError as error:
        raise Refused(str(error)) from None
    result = _hold(result, by, at)
    if same := result.evidence.filter(url=address).first():
        return same
    evidence = Evidence.objects.create(
        result=result,
        title=(title or address)[:_LONGEST_TITLE],
        url=address,
        is_public=is_public,
        added_by=by,
        added_at=at,
    )
    return _record("evidence.added", evidence, by, at)


@transaction.atomic
def rename_evidence(*, evidence: Evidence, title: str, by: Person, at: datetime) -> Evidence:
    """Give evidence another title. Raises ``Refused`` for an empty one, or where the state forbids it."""
    if not canonical(title):
        raise Refused("กรุณาตั้งชื่อหลักฐาน")

    def change() -> None:
        evidence.title = title

    return _change(evidence, "evidence.renamed", change, "title", by, at)


@transaction.atomic
def set_evidence_public(*, evidence: Evidence, is_public: bool, by: Person, at: datetime) -> Evidence:
    """Mark evidence as public or internal; it is shown to the public only once a report is published."""
    event = "evidence.published_mark" if is_public else "evidence.internal_mark"

    def change() -> None:
        evidence.is_public = is_public

    return _change(evidence, event, change, "is_public", by, at)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: Person, at: datetime) -> None:
    """Take evidence off a result. The bytes of a file stay: a frozen report may name their hash."""
    _hold(evidence.result, by, at)
    _record("evidence.removed", evidence, by, at)
    evidence.delete()


def _change(
    evidence: Evidence, event: str, change: Callable[[], None], column: str, by: Person, at: datetime
) -> Evidence:
    _hold(evidence.result, by, at)
    change()
    evidence.save(update_fields=[column])
    return _record(event, evidence, by, at)


def _hold(result: QuarterlyResult, by: Person, at: datetime) -> QuarterlyResult:
    """Lock the result, so that it is not sent or accepted meanwhile. Raises ``Refused`` where it may not be changed."""
    held = QuarterlyResult.objects.select_for_update().get(pk=result.pk)
    next_state(held.state, "correct" if Access(by, bangkok_date(at)).may_review else "save")
    return held


def _copy(chunks: Iterable[bytes], file: IO[bytes]) -> int:
    """Write at most ``MAX_BYTES`` and return how many bytes came."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size <= MAX_BYTES:
            file.write(chunk)
    return size


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(_BLOCK):
        yield block


def _record(event: str, evidence: Evidence, by: Person, at: datetime) -> Evidence:
    record(
        event,
        agency_id=evidence.result.measure.plan.agency_id,
        by=by,
        at=at,
        about=evidence,
        result=evidence.result_id,
        title=evidence.title,
        sha256=evidence.sha256,
        url=evidence.url,
    )
    return evidence
