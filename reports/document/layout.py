"""You come here for what stands where in the document, for PDF and Word alike, as plain data: lines, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from measures.bullets import Bullet
from measures.choices import Acting
from measures.dates import long_date
from measures.thai import thai_digits
from reports.content import REHEARSAL, Content, Endorsement, Signer

Stage = Literal["draft", "presented", "sealed"]
"""A draft is marked on every page; the sealed document carries all endorsements."""

ELECTRONIC = "ลงนามทางอิเล็กทรอนิกส์"
NAME_BLANK = "." * 44
_NUMBER_BLANK = "." * 24
DATE_BLANK = "........./........./........."
HANGS = (0.0, 6.0, 11.5, 17.5, 22.0)
"""How far the text of a table's entry hangs behind its marker, in points at the full size, by ``Line.width``."""

DEEPER, DEEPEST = 8.0, 4
"""How much further in the items of an entry stand, and how often that is added."""

_LONGEST_REPEATED = 100  # letters of a number at the head of further pages
_ACTING = "|".join(re.escape(label) for value, label in Acting.choices if value != Acting.HOLDER)


@dataclass(frozen=True)
class Line:
    """One entry of a list: its marker, its text, how deep it stands, and the width class of its marker."""

    marker: str
    text: str
    depth: int = 0
    width: int = 0


@dataclass(frozen=True)
class Signature:
    """What is printed of one position: words at the left, then the act or the space for it, name and position.

    ``order_lines`` say by which order somebody acted; a holder has none.
    """

    words: tuple[str, ...]
    mark: tuple[str, ...]
    name: str
    position_lines: tuple[str, ...]
    order_lines: tuple[str, ...] = ()
    date_line: str = ""


def title(content: Content) -> str:
    """What a file made of ``content`` calls itself; "" for a draft without a subject."""
    subject = content.memorandum.subject
    return f"{REHEARSAL}: {subject}".strip(": ") if content.is_rehearsal else subject


def is_blank(text: str) -> bool:
    """Whether ``text`` is nothing but dots to write on."""
    return not text.strip("(./ )")


def lines(bullets: Iterable[Bullet], *, depth: int = 0) -> Iterator[Line]:
    """Nested bullets as flat lines; those of one list share the width of the widest marker."""
    bullets = tuple(bullets)
    width = max((_width(bullet.marker) for bullet in bullets), default=0)
    for bullet in bullets:
        yield Line(bullet.marker, bullet.text, depth, width if bullet.marker else 0)
        yield from lines(bullet.items, depth=depth + 1)


def _width(marker: str) -> int:
    """0 no marker, 1 a dash, 2 a number of one digit, 3 of two, 4 anything longer."""
    if not marker:
        return 0
    if len(marker) == 1 and not marker.isalnum():
        return 1
    return min(len(marker), 4) if len(marker) > 1 else 2


def date_printed(content: Content) -> str:
    """The memorandum's date in the agency's digits, since the portal writes it; what people typed stays as it is."""
    date = long_date(content.memorandum.date) if content.memorandum.date else ""
    return thai_digits(date) if content.thai_digits else date


def continued(content: Content) -> str:
    """What stands above the endorsements, so that their page cannot be swapped."""
    number, date = content.memorandum.number or _NUMBER_BLANK, date_printed(content) or _NUMBER_BLANK
    if len(number) > _LONGEST_REPEATED:
        number = f"{number[:_LONGEST_REPEATED]}…"
    return f"บันทึกข้อความ ที่ {number} ลงวันที่ {date} (ต่อ)"


def author_signature(content: Content, endorsements: tuple[Endorsement, ...]) -> Signature | None:
    """The signature below the text, or None where the chain is not known yet."""
    authors = [signer for signer in content.signers if signer.order == 0]
    return _signature(authors[0], endorsements, date_line="") if authors else None


def endorsement_rows(
    content: Content, endorsements: tuple[Endorsement, ...]
) -> list[tuple[Signature | None, Signature | None]]:
    """The endorsements two in a row; the head of the agency stands last, at the right."""
    signers = sorted(
        (signer for signer in content.signers if signer.order > 0), key=lambda signer: signer.order
    )
    cells: list[Signature | None] = [
        _signature(signer, endorsements, date_line=DATE_BLANK) for signer in signers
    ]
    if len(cells) % 2:
        cells.insert(-1, None)
    return list(zip(cells[::2], cells[1::2], strict=True))


def _signature(signer: Signer, endorsements: tuple[Endorsement, ...], *, date_line: str) -> Signature:
    for signed in endorsements:
        if signed.order == signer.order:
            words = _words(signed.addressed_to, signed.words) if signer.order else ()
            order = f"ตาม{signed.acting_order}" if signed.acting_order else ""
            order_lines = tuple(order.replace(" ลงวันที่", "\nลงวันที่").splitlines())
            acting = (line for title in signed.position_lines[:-1] for line in _stacked(title))
            positions = (*acting, *signed.position_lines[-1:])
            return Signature(words, (ELECTRONIC, signed.signed_at), signed.name, positions, order_lines)
    words = _words(signer.addressed_to, signer.words) if signer.order else ()
    return Signature(words, (), signer.name or NAME_BLANK, (signer.position,), date_line=date_line)


def _stacked(title: str) -> list[str]:
    """A title in lines: each office that is acted for begins one."""
    return re.sub(rf"({_ACTING}) *(?=[^ ])", r"\1\n", title).splitlines()


def _words(addressed_to: str, words: str) -> tuple[str, ...]:
    """ "เรียน …" and "- เพื่อโปรดทราบ"; the head of the agency, who addresses nobody, writes without a dash."""
    typed = [line for line in words.splitlines() if line.strip()]
    if not addressed_to:
        return tuple(typed)
    if typed and not typed[0].startswith("-"):
        typed[0] = f"- {typed[0]}"
    return (f"เรียน {addressed_to}", *typed)
