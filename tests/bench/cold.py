"""``python -m tests.bench.cold CONTENT.json FILE.pdf``: one document in a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")
    django.setup()
    from reports.content import Content
    from reports.document.pdf import render_pdf
    from tests.bench.mark import MARK

    content = Content.from_json(Path(sys.argv[1]).read_text())
    Path(sys.argv[2]).write_bytes(render_pdf(content, stage="presented", mark=MARK))
