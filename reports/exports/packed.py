"""You come here for office files that are the same bytes whenever they are made."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.content import Content

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of ZIP's calendar
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_PROPERTIES: Final = "docProps/core.xml"


def day_of(content: Content) -> datetime:
    """The memorandum's date, else the end of its fiscal year: a file's time, whenever it is made."""
    day = content.memorandum.date or date(content.fiscal_year - 543, 9, 30)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- the libraries write it down as UTC


def packed(file: bytes, content: Content) -> bytes:
    """An office file of ``content`` packed again without the time of packing, modified on the content's day."""
    modified = f"{day_of(content):%Y-%m-%dT%H:%M:%SZ}".encode()
    made = BytesIO()
    with ZipFile(BytesIO(file)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name == _PROPERTIES:
                data = _MODIFIED.sub(rb"\g<1>" + modified, data)
            info = ZipInfo(name, _FIRST_DAY)
            info.compress_type = ZIP_DEFLATED
            after.writestr(info, data)
    return made.getvalue()
