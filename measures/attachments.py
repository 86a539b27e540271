"""What is taken as evidence: files told by their content, the names they are kept under, and web addresses."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import IO, Final
from urllib.parse import urlsplit

from measures.thai import ThaiValueError, canonical

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_PIXELS: Final = 100_000_000
_LONGEST_NAME: Final = 200
_MAX_MEMBERS: Final = 5_000


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name for people, its content type, and how its names end (the usual one first)."""

    name: str
    content_type: str
    endings: tuple[str, ...]


PDF: Final = Kind("PDF", "application/pdf", ("pdf",))
JPEG: Final = Kind("ภาพ JPEG", "image/jpeg", ("jpg", "jpeg"))
PNG: Final = Kind("ภาพ PNG", "image/png", ("png",))
WEBP: Final = Kind("ภาพ WebP", "image/webp", ("webp",))
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
DOCX: Final = Kind("Word (.docx)", _OFFICE + "wordprocessingml.document", ("docx",))
XLSX: Final = Kind("Excel (.xlsx)", _OFFICE + "spreadsheetml.sheet", ("xlsx",))
KINDS: Final = (PDF, JPEG, PNG, WEBP, DOCX, XLSX)
ACCEPT: Final = ",".join(f".{ending}" for kind in KINDS for ending in kind.endings)
"""For the ``accept`` attribute of a file field."""


class WrongFile(ValueError):
    """A file that is not taken; ``str(error)`` is a Thai sentence that names it and says what to do."""


def kind_of(file: IO[bytes], filename: str) -> Kind:
    """Return what ``file`` is by its content.

    Raises ``WrongFile`` where it is none of ``KINDS``, or another than its name says. Reads the beginning, for
    Office files also the list of members; nothing is decompressed or executed.
    """
    named = next((kind for kind in KINDS if _ending(filename) in kind.endings), None)
    found = _sniff(file)
    if found is None and named is None:
        raise WrongFile(
            f'ไฟล์ "{filename}" เป็นชนิดที่ระบบไม่รับ กรุณาแนบเป็น PDF, JPEG, PNG, WebP, Word (.docx) หรือ Excel (.xlsx)'
        )
    if named and found != named:
        raise WrongFile(
            f'เนื้อหาของไฟล์ "{filename}" ไม่ใช่ {named.name} '
            f"กรุณาเปิดไฟล์ในโปรแกรมเดิม บันทึกเป็น {named.name} แล้วแนบใหม่"
        )
    assert found is not None
    return found


def too_large(filename: str, size: int) -> str:
    """Return the sentence for a file over ``MAX_BYTES``; ``size`` in bytes, 0 where only the excess is known."""
    megabytes = f"มีขนาด {-(-size // 1024**2)} MB " if size else "มีขนาด"
    return f'ไฟล์ "{filename}" {megabytes}เกินขนาดที่รับได้ ({MAX_BYTES // 1024**2} MB) จึงยังไม่ได้แนบ'


def safe_name(typed: str, kind: Kind) -> str:
    """Return the name to keep and download a file under: canonical, no folders, 200 code points, the right ending."""
    name = canonical(canonical(typed).replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not (dot and ending.lower() in kind.endings):
        stem, ending = name, kind.endings[0]
    stem = stem.strip(". ") or "ไฟล์แนบ"
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"


def shown_name(typed: str) -> str:
    """Return a name as an error shows it: canonical, no folders, not too long to read."""
    name = canonical(canonical(typed).replace("\\", "/").rsplit("/", 1)[-1]) or "ไม่มีชื่อ"
    return name if len(name) <= 80 else f"{name[:60]}…{name[-15:]}"


_HOST_FIRST: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)


def web_address(typed: str) -> str:
    """Return a web address as typed, canonical; one typed without a scheme ("www.…/ita") is read as https.

    It is never fetched.

    Raises ``ThaiValueError`` unless it is http or https, names a host, and carries no user name or password.
    """
    address = canonical(typed)
    if _HOST_FIRST.match(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port  # a port that is no number raises
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not host or any(c in address for c in ' <>"\\^`{|}'):
        raise ThaiValueError("อ่านที่อยู่เว็บไม่ได้ กรุณาคัดลอกทั้งบรรทัดจากเบราว์เซอร์ ให้ขึ้นต้นด้วย https:// หรือ http://")
    if "@" in parts.netloc:
        raise ThaiValueError("ที่อยู่เว็บนี้มีชื่อผู้ใช้หรือรหัสผ่านอยู่ด้วย กรุณาลบส่วนที่อยู่หน้าเครื่องหมาย @ แล้วกรอกใหม่")
    return address


def _ending(filename: str) -> str:
    return filename.rpartition(".")[2].lower()


def _sniff(file: IO[bytes]) -> Kind | None:
    file.seek(0)
    head = file.read(64)
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"PK\x03\x04"):
        return _office(file)
    return None


def _png(head: bytes) -> Kind | None:
    """A PNG says how large it is in its first chunk; one that no screen could show is not taken."""
    width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    return PNG if head[12:16] == b"IHDR" and 0 < width * height <= MAX_PIXELS else None


def _office(file: IO[bytes]) -> Kind | None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return None
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if macros or len(names) > _MAX_MEMBERS or "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None
