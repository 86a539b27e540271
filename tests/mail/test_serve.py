"""What ``make run`` starts: the server and the worker together, and neither stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVE = Path(__file__).parents[2] / "deploy" / "serve.py"
STARTED = (
    "import importlib.util, sys; spec = importlib.util.spec_from_file_location('serve', sys.argv[1]);"
    "serve = importlib.util.module_from_spec(spec); spec.loader.exec_module(serve);"
)
LIVES = "import os, sys, time; os.write(1, f'{sys.argv[1]}\\n'.encode()); time.sleep(60)"
ENDS = "import os, sys; os.write(1, f'{sys.argv[1]}\\n'.encode()); sys.exit(3)"


@pytest.fixture
def running() -> Iterator[list[subprocess.Popen[str]]]:
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        process.kill()
        process.communicate()


def serve(running: list[subprocess.Popen[str]], *, web: str, worker: str) -> subprocess.Popen[str]:
    """``deploy/serve.py`` with programs of the test's own in the place of the server and the worker."""
    program = (
        f"{STARTED} serve.WEB = [sys.executable, '-c', {web!r}, 'web'];"
        f"serve.WORKER = [sys.executable, '-c', {worker!r}, 'worker'];"
        "serve.BEGUN_ANEW_AFTER = 0.0; sys.exit(serve.main())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(SERVE)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    running.append(process)
    return process


def lines(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(count)]


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_both_stop(running: list[subprocess.Popen[str]], asked: signal.Signals) -> None:
    process = serve(running, web=LIVES, worker=LIVES)
    assert sorted(lines(process, 2)) == ["web", "worker"]
    os.kill(process.pid, asked)
    assert process.wait(30) == 0
    assert process.stdout is not None
    assert process.stdout.read() == ""  # its end is reached only once nobody holds it any more


def test_a_worker_that_ends_is_said_and_begun_anew(running: list[subprocess.Popen[str]]) -> None:
    process = serve(running, web=LIVES, worker=ENDS)
    said = lines(process, 6)
    assert said.count("worker") >= 2
    assert "The worker ended (3) and is begun anew." in said


def test_where_the_server_ends_all_ends(running: list[subprocess.Popen[str]]) -> None:
    process = serve(running, web=ENDS, worker=LIVES)
    assert process.wait(30) == 3


def test_killed_outright_it_leaves_nothing_behind(running: list[subprocess.Popen[str]]) -> None:
    process = serve(running, web=LIVES, worker=LIVES)
    lines(process, 2)
    process.kill()
    assert process.stdout is not None
    assert process.stdout.read() == ""
