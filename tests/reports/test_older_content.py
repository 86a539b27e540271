"""What was frozen before a report chose its columns stays readable, and stays what was signed."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from measures import storage
from measures.models import Person
from reports.actions.sealing import seal
from reports.content import FIVE, Content
from reports.models import Revision
from tests.conftest import browser

HEADINGS = ["มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "กำหนดแล้วเสร็จ", "ผลการดำเนินการ"]
MEASURE = {
    "key": "m1", "number": "๑.๑", "title": "จัดทำประกาศเจตนารมณ์", "steps": [{"number": "๑", "text": "ประชุม"}],
    "units": ["สำนักปลัดเทศบาล"], "units_printed": "", "due_text": "", "due": "2024-09-30", "progress": "done",
    "results": [{"marker": "-", "text": "ประกาศแล้ว", "items": []}],
    "quarters": [
        {
            "number": 1, "name": "ไตรมาส 1", "starts": "2023-10-01", "ends": "2023-12-31", "reported": True,
            "progress": "done", "percent": 100, "nil_reason": "", "results": [], "steps_done": [1], "evidence": [],
        }
    ],
}  # fmt: skip
FORMAT_1 = {
    "agency": {
        "slug": "tuayang", "name": "เทศบาลตำบลตัวอย่าง", "name_en": "", "province": "", "emblem_sha256": "",
        "contact": {
            "address": "", "phone": "", "email": "", "website": "", "complaint_channel": "", "complaint_url": "",
        },
    },
    "fiscal_year": 2567, "kind": "annual", "thai_digits": True, "format": 1,
    "memorandum": {
        "section": "งานนิติการ", "number": "ตย ๑/๒", "date": "2024-12-27", "subject": "รายงานผล",
        "addressee": "นายก", "sections": [{"number": "๑", "title": "เรื่องเดิม", "body": "ตามที่", "items": []}],
        "closing": "จึงเรียนมาเพื่อโปรดทราบ", "refers_to": None, "ita_score": "", "ita_target": "",
    },
    "table": {
        "title": "มาตรการ", "subtitle": "ประจำปี", "columns": HEADINGS,
        "groups": [{"key": "g1", "number": "๑", "title": "กลุ่ม", "measures": [MEASURE]}],
    },
    "signers": [{"order": 0, "position": "นิติกร", "addressed_to": "", "words": "", "name": "ผู้จัดทำ"}],
}  # fmt: skip
TEXT = json.dumps(FORMAT_1, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def older(signed: Revision) -> Revision:
    """A revision that all have signed, frozen in format 1."""
    signed.content, signed.content_sha256 = TEXT, SHA256
    signed.save()
    return signed


def test_its_headings_stand_over_the_five_usual_columns() -> None:
    columns = Content.from_json(TEXT).table.columns
    assert [(column.source, column.heading) for column in columns] == [*zip(FIVE, HEADINGS, strict=True)]


def test_it_is_spelled_and_hashed_as_it_was_frozen() -> None:
    content = Content.from_json(TEXT)
    assert (content.canonical_json(), content.sha256()) == (TEXT, SHA256)


def test_the_sealed_document_carries_what_was_signed(older: Revision) -> None:
    seal(older)
    attached = PdfReader(BytesIO(storage.read(older.sealed_sha256))).attachments
    named = {name: files[0] for name, files in attached.items() if name.endswith(".json")}
    assert json.loads(named.pop("signatures.json"))
    (carried,) = named.values()
    assert carried.decode() == TEXT


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv", "-results.csv", "-steps.csv", ".json"])
def test_it_is_there_in_every_format(older: Revision, officer: Person, ending: str) -> None:
    address = reverse("revision_twin", args=[older.pk, ending])
    assert browser(officer).get(address).status_code == 200


def test_its_page_on_the_desk_is_drawn(older: Revision, officer: Person) -> None:
    page = browser(officer).get(reverse("revision", args=[older.pk])).content.decode()
    assert "จัดทำประกาศเจตนารมณ์" in page
