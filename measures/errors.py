"""Why an act was refused, in words for the person who tried it. Views turn these into pages."""

from __future__ import annotations


class Refused(Exception):
    """An act that may not be done now. ``str()`` is a Thai sentence that says what to do next."""


class Changed(Refused):
    """Somebody saved a newer version since the form was opened; nothing was overwritten."""
