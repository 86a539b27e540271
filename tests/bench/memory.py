"""How much memory a program and all that it starts take at most."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping
from pathlib import Path


def peak_alone(command: list[str]) -> int:
    """The peak of the resident memory of a program that starts no other, in KiB, as the kernel keeps it."""
    peak = 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, _kibibytes(process.pid, "status", "VmHWM"))
        time.sleep(0.005)
    assert process.returncode == 0, command
    return peak


def peak_together(command: list[str], environment: Mapping[str, str]) -> tuple[int, int]:
    """The peaks of what a program and its descendants take together, in KiB, looked up as fast as the kernel tells.

    First their resident sizes, in which what they share counts for each; then their proportional set sizes, in which
    it counts once.
    """
    resident = proportional = 0
    process = subprocess.Popen(
        command, env={**environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None:
        family = _family(process.pid)
        resident = max(resident, sum(_kibibytes(pid, "status", "VmRSS") for pid in family))
        proportional = max(proportional, sum(_kibibytes(pid, "smaps_rollup", "Pss") for pid in family))
    assert process.returncode == 0, command
    return resident, proportional


def _family(pid: int) -> set[int]:
    """A process and its descendants; not every kernel tells a process's children, but each child its parent."""
    parents = {int(found.name): _parent(found) for found in Path("/proc").iterdir() if found.name.isdigit()}
    family, before = {pid}, 0
    while len(family) > before:
        before = len(family)
        family |= {child for child, parent in parents.items() if parent in family}
    return family


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0  # it ended while we looked


def _kibibytes(pid: int, file: str, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)
