"""Run a command with DATABASE_URL naming a PostgreSQL: the given one, this machine's, or a throw-away cluster.

``with_postgres.py COMMAND…`` ends with the command's exit code, or with 69 where there is no PostgreSQL at all.
The database named in the address need not exist: the tests make and remove their own beside it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2

UNAVAILABLE = 69
LOCAL = {"host": "127.0.0.1", "port": 5432, "user": "postgres"}
# A name of its own for each run: two runs at once on one server do not meet.
DATABASE = f"ita_{os.getpid()}"


def local_server() -> str | None:
    """The address of the server on 127.0.0.1:5432, if it lets ``postgres`` in without a password."""
    try:
        psycopg2.connect(dbname="postgres", connect_timeout=3, **LOCAL).close()
    except psycopg2.OperationalError:
        return None
    return f"postgres://postgres@127.0.0.1:5432/{DATABASE}"


def binaries() -> Path | None:
    """The directory of ``initdb`` and ``pg_ctl``, of the newest installed release."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@contextmanager
def throw_away_cluster(programs: Path) -> Iterator[str]:
    """The address of a fresh cluster, gone afterwards. It listens on a socket in its own directory only."""
    directory = tempfile.mkdtemp(prefix="ita-pg-")
    as_owner: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        os.chown(directory, pwd.getpwnam("postgres").pw_uid, -1)
        as_owner = ["runuser", "-u", "postgres", "--"]
    data = f"{directory}/data"
    # Nothing in it is worth surviving a crash, so nothing waits for the disk.
    options = (
        f"-k {directory} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    pg_ctl = [*as_owner, str(programs / "pg_ctl"), "-D", data, "-s", "-w"]
    initdb = [
        str(programs / "initdb"),
        "-D",
        data,
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    try:
        subprocess.run([*as_owner, *initdb], check=True, stdout=subprocess.DEVNULL, cwd=directory)
        subprocess.run([*pg_ctl, "-l", f"{directory}/log", "-o", options, "start"], check=True, cwd=directory)
        try:
            yield f"postgres://postgres@{quote(directory, safe='')}/{DATABASE}"
        finally:
            subprocess.run([*pg_ctl, "-m", "immediate", "stop"], check=False, cwd=directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def run(command: list[str], url: str) -> int:
    """The exit code of the command."""
    return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode


def main() -> int:
    command = sys.argv[1:]
    # As Ctrl-C does: the cluster is stopped on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if url := os.environ.get("TEST_DATABASE_URL") or local_server():
        return run(command, url)
    if programs := binaries():
        with throw_away_cluster(programs) as url:
            return run(command, url)
    print(
        "PostgreSQL was not tested: TEST_DATABASE_URL is not set, nothing answers on 127.0.0.1:5432 for postgres,"
        " and no initdb is installed (apt-get install postgresql)",
        file=sys.stderr,
    )
    return UNAVAILABLE


if __name__ == "__main__":
    sys.exit(main())
