"""Files kept by their SHA-256: evidence, presented and sealed PDFs. What is written once never changes."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from measures.errors import Refused


@dataclass(frozen=True)
class Kept:
    """A kept file: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    size: int


class Damaged(Refused):
    """A kept file that is gone or no longer what was kept: it is given to nobody until it is brought back."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            "ไฟล์ในที่เก็บสูญหายหรือถูกแก้ไข ระบบจึงไม่นำไฟล์นั้นมาใช้ กรุณาแจ้งผู้ดูแลระบบให้กู้คืนจากสำเนาสำรอง "
            f"(ไฟล์ {sha256[:12]})"
        )


def path_of(sha256: str) -> Path:
    """Where the file with this hash is (or would be). Raises ``ValueError`` on anything but a hash."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def keep(chunks: Iterable[bytes]) -> Kept:
    """Write the bytes to disk for good and return their hash; the same bytes twice are one file.

    Written beside its place, flushed, then renamed, so that no half file is ever found under its hash.
    """
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as file:
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            target = path_of(digest.hexdigest())
            target.parent.mkdir(mode=0o700, exist_ok=True)
            Path(file.name).replace(target)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    _flush_directory(target.parent)
    return Kept(digest.hexdigest(), size)


def read(sha256: str) -> bytes:
    """The bytes of a kept file. Raises ``Damaged`` where there is none, or where it was altered."""
    try:
        data = path_of(sha256).read_bytes()
    except FileNotFoundError as error:
        raise Damaged(sha256) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(sha256)
    return data


def _flush_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
