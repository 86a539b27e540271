"""``python -m tests.bench [pdf|thai|web|sql|sign]``: prints ``name: value`` lines and keeps them in ``bench.json``.

Runs on data of its own, thrown away afterwards (``deploy/test-data``). Of times only ratios are told, each of two
sides measured in turns in one run; a part that was not run keeps its numbers of before.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
INSIDE = "ITA_BENCH_INSIDE"
PARTS = ("pdf", "thai", "web", "sql", "sign")


def main() -> None:
    """Enter a data directory of our own, then measure the parts that were asked for."""
    parts = [part for argument in sys.argv[1:] for part in argument.replace(",", " ").split()] or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        sys.exit(
            f"Unknown part: {', '.join(sorted(unknown))}. There are {', '.join(PARTS)}; without a name, all."
        )
    if INSIDE not in os.environ:
        os.chdir(ROOT)
        os.environ[INSIDE] = "yes"
        os.execv("deploy/test-data", ["deploy/test-data", sys.executable, "-m", "tests.bench", *parts])
    measure(parts)


def measure(parts: list[str]) -> None:
    """Run each part on the same seeded towns and write what it found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")
    import django  # noqa: PLC0415 -- after the data directory is known

    django.setup()
    from tests.bench import pdf, seal, seed, sign, sql, thai, trail, web  # noqa: PLC0415 -- they need the models

    town = seed.town(slug="tuayang")
    runs: dict[str, list[Callable[[seed.Seeded], Iterator[tuple[str, float]]]]] = {
        "pdf": [pdf.run],
        "thai": [thai.run],
        "web": [web.run],
        "sql": [sql.run],
        "sign": [seal.run, sign.run, trail.run],
    }
    path = Path("bench.json")
    found: dict[str, float] = json.loads(path.read_text()) if path.exists() else {}
    for part in PARTS:
        if part in parts:
            for run in runs[part]:
                for name, value in run(town):
                    found[name] = value
                    print(f"{name}: {value:g}", flush=True)
            path.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
