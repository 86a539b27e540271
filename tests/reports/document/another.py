"""``python -m tests.reports.document.another CONTENT.json``: the SHA-256 of a document, by a process that is told
another day by every clock that Python has."""

from __future__ import annotations

import datetime
import hashlib
import os
import sys
import time
from pathlib import Path
from typing import Self

import django

LATER = 400 * 24 * 3600.0


class Later(datetime.datetime):
    """More than a year from now."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Self:
        return super().now(tz) + datetime.timedelta(seconds=LATER)


if __name__ == "__main__":
    clock = time.time
    time.time = lambda: clock() + LATER
    datetime.datetime = Later  # type: ignore[misc]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")
    django.setup()
    from reports.content import Content
    from reports.document.pdf import render_pdf
    from reports.exports import attached
    from tests.reports.document.marked import sealed_mark, some_acts

    content = Content.from_json(Path(sys.argv[1]).read_text(encoding="utf-8"))
    pdf = render_pdf(
        content,
        stage="sealed",
        attached=attached(content),
        mark=sealed_mark(content),
        acts=some_acts(content),
    )
    print(hashlib.sha256(pdf).hexdigest())
