"""Serve the portal and run its worker beside it, until Ctrl-C: both begin together and both end together.

A worker that ends by itself is said and begun anew; where the web server ends, so does all. What kills this program
outright takes both with it, so that no port stays taken.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

WEB = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "ita_portal.wsgi"]
WORKER = [sys.executable, "manage.py", "run_worker"]
PATIENCE = 40.0  # seconds: gunicorn waits 20 for the requests under way, a worker for one letter or one seal
BEGUN_ANEW_AFTER = 5.0
_PR_SET_PDEATHSIG = 1


def _with_this_program() -> None:
    """In the child: Ctrl-C reaches it by this program only, and it ends where this program is killed (Linux)."""
    os.setpgrp()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def begin(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, preexec_fn=_with_this_program)  # noqa: PLW1509 -- no threads here, 2026-11


def end(process: subprocess.Popen[bytes]) -> int:
    """Ask it to stop, and stop it where it does not."""
    if process.poll() is None:
        process.terminate()
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def main() -> int:
    """The web server's exit code, 0 where it was asked to stop."""
    stopping = threading.Event()

    def stop(signum: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    web, worker = begin(WEB), begin(WORKER)
    begun = time.monotonic()
    while not stopping.wait(0.2) and web.poll() is None:
        if worker.poll() is not None and time.monotonic() - begun > BEGUN_ANEW_AFTER:
            print(f"The worker ended ({worker.returncode}) and is begun anew.", file=sys.stderr, flush=True)
            worker, begun = begin(WORKER), time.monotonic()
    asked = stopping.is_set()
    for process in (web, worker):
        if process.poll() is None:
            process.terminate()
    code = end(web)
    end(worker)
    return 0 if asked else code or 1


if __name__ == "__main__":
    sys.exit(main())
