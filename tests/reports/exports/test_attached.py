"""What the PDF carries inside."""

from __future__ import annotations

from dataclasses import replace

from reports.exports import attached
from tests.published import content_of


def test_the_json_inside_is_byte_for_byte_what_is_hashed() -> None:
    content = content_of()

    source, _ = attached(content)

    assert source.data == content.canonical_json().encode()
    assert (source.media_type, source.relationship) == ("application/json", "Source")


def test_the_csv_inside_has_a_row_for_every_measure() -> None:
    _, data = attached(content_of(7))

    assert data.data.startswith("\ufeffagency,fiscal_year_be,report,".encode())
    assert data.data.decode().count("\r\n") == 1 + 7


def test_names_say_whose_report_it_is_in_ascii() -> None:
    content = replace(content_of(), kind="quarter", part=3)

    assert [file.name for file in attached(content)] == [
        "tuayang-2567-quarter3.json",
        "tuayang-2567-quarter3.csv",
    ]


def test_the_same_content_gives_the_same_bytes() -> None:
    assert attached(content_of()) == attached(content_of())
