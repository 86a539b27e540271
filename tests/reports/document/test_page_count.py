"""How many pages a PDF has, whatever bytes its packed objects end in."""

from __future__ import annotations

import zlib

from reports.document.pdf import page_count


def test_a_packed_stream_may_end_like_a_line() -> None:
    packed = next(p for n in range(1_000) if (p := _packed(n)).endswith(b"\r"))
    assert page_count(b"<< /Type /ObjStm >>\nstream\n" + packed + b"\nendstream") == 7


def _packed(number: int) -> bytes:
    return zlib.compress(b"<< /Type /Pages /Count 7 >>" + b"!" * number)
