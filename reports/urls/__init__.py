"""The addresses of reports: the desk's, and those that everyone may open."""

from __future__ import annotations

import re

from django.urls import register_converter

from reports.exports import TWINS


class TwinEnding:
    """How the address of a report in another format ends: ".docx", "-results.csv"."""

    regex = f"(?:{'|'.join(map(re.escape, TWINS))})"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TwinEnding, "twin")
