"""You come here to write a tidy table as CSV: UTF-8 with a byte order mark, as Thai Excel and open-data portals expect.

Dates are ISO 8601 in the common era, numbers plain, true and false in lower case, and nothing is an empty cell. Text
is inert (see ``measures.safe_text.inert``): no cell is a formula, and taking one leading apostrophe away gives the text
back.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from measures.safe_text import inert, legal
from reports.exports.rows import Tidy, Value

BYTE_ORDER_MARK: Final = "\ufeff"


def csv_bytes(table: Tidy) -> bytes:
    """The table with its fields' names in the first row; the same table gives the same bytes."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.fields)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return inert(legal(value)) if isinstance(value, str) else str(value)
