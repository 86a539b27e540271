#!/usr/bin/env python
"""Django's command line for the portal."""

import io
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")
    for stream in (sys.stdout, sys.stderr):
        # What is written is Thai, whatever the terminal says of itself; an act must not end at its last word.
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- after the setting above, 2026-11

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
