"""What makes the file one for the archive: what it says of itself, what is attached, and that nothing else gets in."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import md5
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import page as validator
import pypdf
import pytest
from pypdf.generic import IndirectObject, NameObject

from reports.content import Content, Endorsement
from reports.document.archival import Attached
from reports.document.pdf import render_pdf
from reports.exports import attached
from tests.pdf_tags import root_of
from tests.pdf_text import pages
from tests.reports.document.conftest import with_memorandum

FILES = (
    Attached("b.csv", "text/csv", b"a,b\r", "ตาราง", "Data"),
    Attached("a.json", "application/json", b'{"a":1}', "ทั้งฉบับ", "Source"),
)
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


@pytest.fixture(scope="module")
def content(content: Content) -> Content:
    """The report with one of its groups, which is printed in a third of the time."""
    return replace(content, table=replace(content.table, groups=content.table.groups[:1]))


@pytest.fixture
def pdf(content: Content) -> bytes:
    return render_pdf(content, stage="presented", attached=FILES)


def described(pdf: bytes) -> Callable[[str], str | None]:
    """What the XMP packet says at a path."""
    packet = ElementTree.fromstring(root_of(pdf)["/Metadata"].get_data())
    return lambda path: packet.findtext(f".//{path}", namespaces=NAMESPACES)


def test_it_names_both_standards(pdf: bytes) -> None:
    said = described(pdf)
    assert (said("pdfaid:part"), said("pdfaid:conformance"), said("pdfuaid:part")) == ("3", "A", "1")


def test_it_says_the_same_in_both_places(content: Content, pdf: bytes) -> None:
    said, told = described(pdf), pypdf.PdfReader(BytesIO(pdf)).metadata
    assert told is not None
    assert said("dc:title/rdf:Alt/rdf:li") == told.title == content.memorandum.subject
    assert said("dc:creator/rdf:Seq/rdf:li") == told.author == content.agency.name
    assert said("pdf:Producer") == told.producer
    assert said("dc:language/rdf:Bag/rdf:li") == root_of(pdf)["/Lang"] == "th"
    assert said("xmp:CreateDate") == said("xmp:ModifyDate") == "2024-12-27T00:00:00+07:00"
    assert {str(told["/CreationDate"]), str(told["/ModDate"])} == {"D:20241227000000+07'00'"}


def test_without_a_date_it_has_none(content: Content) -> None:
    pdf = render_pdf(with_memorandum(content, date=None), stage="presented", attached=FILES)
    assert described(pdf)("xmp:CreateDate") is None
    assert "Date" not in str(pypdf.PdfReader(BytesIO(pdf)).metadata)
    assert validator.is_pdf_compliant_bytes(pdf, profile="3a")


def test_its_dates_are_the_memorandums(content: Content) -> None:
    pdf = render_pdf(with_memorandum(content, date=date(2025, 1, 2)), stage="presented")
    assert described(pdf)("xmp:CreateDate") == "2025-01-02T00:00:00+07:00"


def test_a_draft_without_a_subject_has_a_title_all_the_same(content: Content) -> None:
    assert (
        described(render_pdf(with_memorandum(content, subject=""), stage="draft"))("dc:title/rdf:Alt/rdf:li")
        == "บันทึกข้อความ"
    )


def test_attached_files_are_there_byte_for_byte_with_what_they_are(pdf: bytes) -> None:
    found = {one["/UF"]: one for one in (entry.get_object() for entry in root_of(pdf)["/AF"])}
    assert sorted(found) == ["a.json", "b.csv"]
    for one in FILES:
        file = found[one.name]
        inside = file["/EF"]["/F"].get_object()
        assert inside.get_data() == one.data
        assert file["/F"] == one.name
        assert file["/AFRelationship"] == f"/{one.relationship}"
        assert file["/Desc"] == one.description
        assert inside["/Subtype"] == f"/{one.media_type}"
        assert inside["/Params"]["/Size"] == len(one.data)
        assert inside["/Params"]["/CheckSum"].original_bytes == md5(one.data).digest()
        assert inside["/Params"]["/ModDate"] == "D:20241227000000+07'00'"


def test_attached_files_are_found_by_name(pdf: bytes) -> None:
    names = root_of(pdf)["/Names"]["/EmbeddedFiles"]["/Names"]
    assert names[::2] == ["a.json", "b.csv"]
    assert {one.get_object()["/UF"] for one in names[1::2]} == {"a.json", "b.csv"}


def test_what_is_attached_is_the_content_itself(content: Content) -> None:
    reader = pypdf.PdfReader(BytesIO(render_pdf(content, stage="presented", attached=attached(content))))
    (name,) = (name for name in reader.attachments if name.endswith(".json"))
    assert Content.from_json(reader.attachments[name][0].decode()) == content


def test_both_marks_of_the_file_are_made_from_what_is_in_it(content: Content, pdf: bytes) -> None:
    def marks(pdf: bytes) -> Any:
        return pypdf.PdfReader(BytesIO(pdf)).trailer["/ID"]

    first, second = marks(pdf)
    assert first == second
    assert marks(pdf) != marks(render_pdf(content, stage="presented"))


def test_a_stream_that_ends_with_half_a_line_end_keeps_its_length(content: Content) -> None:
    one = Attached("a.csv", "text/csv", b"ddD", "ตาราง", "Data")
    assert zlib.compress(one.data).endswith(b"\r")
    assert validator.is_pdf_compliant_bytes(
        render_pdf(content, stage="presented", attached=(one,)), profile="3a"
    )


HOSTILE = (
    '<link rel=attachment href="file:///etc/passwd"><img src="http://10.0.0.1/x.png"><style>@import url(http://127.0.0.1:9)'
    "</style><script>x</script>&lt; ]]> /JS (x) \\051 >> endobj {{ 7 }}{% x %}"
)
TURNED = "ก\u202egnp.exe\u202c\u2066ข\u2069\x07\x00\x1b\u200bค\ufeff"


def everywhere(content: Content, text: str) -> Content:
    """``content`` with ``text`` behind every word that a person may type."""
    kept = {"source", "kind", "key", "slug", "emblem_sha256", "uid", "url", "sha256", "progress", "budget"}

    def changed(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: changed(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [changed(item, name) for item in value]
        dated = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        return value + text if isinstance(value, str) and name not in kept and not dated else value

    return Content.from_json(json.dumps(changed(json.loads(content.canonical_json()))))


def test_markup_in_every_field_is_printed_as_typed_and_brings_nothing_in(
    content: Content, endorsements: tuple[Endorsement, ...]
) -> None:
    signed = tuple(replace(one, words=HOSTILE, name=HOSTILE) for one in endorsements)
    pdf = render_pdf(everywhere(content, HOSTILE), stage="sealed", endorsements=signed)
    text = "".join(pages("mutool", pdf))
    assert text.count("file:///etc/passwd") > 20
    assert pypdf.PdfReader(BytesIO(pdf)).attachments == {}
    assert names(pdf).isdisjoint(
        {"/EmbeddedFile", "/JavaScript", "/JS", "/URI", "/Launch", "/AA", "/OpenAction", "/Annots"}
    )
    assert [validator.is_pdf_compliant_bytes(pdf, profile=profile) for profile in ("3a", "ua1")] == [
        True,
        True,
    ]


def test_controls_and_what_turns_text_around_are_in_no_field(
    content: Content, endorsements: tuple[Endorsement, ...]
) -> None:
    signed = tuple(replace(one, words=TURNED, name=TURNED) for one in endorsements)
    pdf = render_pdf(everywhere(content, TURNED), stage="sealed", endorsements=signed)
    text = "".join(pages("mutool", pdf)) + str(pypdf.PdfReader(BytesIO(pdf)).metadata)
    assert "กgnp.exeขค" in text
    assert re.findall("[\x00-\x08\x0e-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", text) == []
    assert described(pdf)("dc:title/rdf:Alt/rdf:li") == f"{content.memorandum.subject}กgnp.exeขค"


def names(pdf: bytes) -> set[str]:
    """Every key and every name in its objects."""
    reader = pypdf.PdfReader(BytesIO(pdf))

    def of(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from value
            value = list(value.values())
        if isinstance(value, list):
            yield from (name for item in value for name in of(item))
        if isinstance(value, NameObject):
            yield value

    everything = {**reader.xref[0], **reader.xref_objStm}
    return {name for number in everything for name in of(IndirectObject(number, 0, reader).get_object())}
