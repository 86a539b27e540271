"""Requests a second of the public year page, against a bare view under the same server."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.bench import load
from tests.bench.rounds import medians
from tests.bench.seed import Seeded
from tests.published import publish, revision_of

CONNECTIONS, SECONDS = 16, 2


def run(town: Seeded) -> Iterator[tuple[str, float]]:
    """Ratios to the bare view: the page, the page gzipped, and the answer that the browser has it already."""
    publish(revision_of(town.content))
    address = f"/{town.agency.slug}/{town.plan.fiscal_year}/"
    with served("ita_portal.wsgi:application") as page, served("tests.bench.bare:application") as bare:
        tag = _tag(page, address)
        found = medians(
            {
                "bare": lambda: requests_a_second(bare, "/", {}),
                "page": lambda: requests_a_second(page, address, {}),
                "gzip": lambda: requests_a_second(page, address, {"Accept-Encoding": "gzip"}),
                "304": lambda: requests_a_second(page, address, {"If-None-Match": tag}),
            }
        )
    yield "web.year.vs_bare", round(found["page"] / found["bare"], 3)
    yield "web.year.gzip.vs_bare", round(found["gzip"] / found["bare"], 3)
    yield "web.year.304.vs_bare", round(found["304"] / found["bare"], 3)


def requests_a_second(port: int, address: str, headers: dict[str, str]) -> float:
    """Load from ``wrk`` where it is installed, else from a client of our own; connections are kept alive."""
    if shutil.which("wrk") is None:
        return load.requests_a_second(port, address, headers, connections=CONNECTIONS, seconds=SECONDS)
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *given, f"http://127.0.0.1:{port}{address}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told and "If-None-Match" not in headers:
        raise RuntimeError(f"{address} did not answer 200:\n{told}")
    match = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert match, told
    return float(match[1])


@contextmanager
def served(application: str, **environment: str) -> Iterator[int]:
    """The application under gunicorn as it is served in earnest, on a free port."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", application],
        env={**os.environ, "PORT": str(port), "PYTHONPATH": str(Path.cwd()), **environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(lambda: _answers(port), "the server did not start within 30 seconds")
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(ready: Callable[[], bool], complaint: str) -> None:
    for _ in range(300):
        if ready():
            return
        time.sleep(0.1)
    raise TimeoutError(complaint)


def _tag(port: int, address: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, answer.status
    return answer.headers["ETag"]
