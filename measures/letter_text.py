"""You come here for what all letters have in common: subject, greeting, closing, three lines for LINE. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

LONGEST_SUBJECT: Final = 78
"""What a line of a header should hold (RFC 5322), and about what a list of mails shows."""

AUTOMATIC: Final = "ระบบส่งจดหมายนี้โดยอัตโนมัติ"


@dataclass(frozen=True)
class Words:
    """What a letter says: its subject, its text (a paragraph a line), the same in two lines for LINE, and its address.

    ``path`` is an address of the portal ("/desk/revisions/7/"), put below the text and the lines under ``PUBLIC_URL``;
    ``ask`` is the sentence above it, what to do there. ``greeting`` is whom the letter is to ("ปลัดเทศบาล"), by
    default the person's name.
    """

    subject: str
    text: str
    line: tuple[str, str]
    path: str = ""
    ask: str = ""
    greeting: str = ""


def body_of(words: Words, *, name: str, url: str, sender: str, contact: str) -> str:
    """The whole text of a letter to ``name`` from the agency ``sender``."""
    greeting = words.greeting or name
    ask = "\n".join(filter(None, (words.ask, url)))
    question = f" หากมีข้อสงสัย กรุณาติดต่อ{contact}" if contact else ""
    closing = "\n".join(filter(None, (sender, AUTOMATIC + question)))
    paragraphs = (f"เรียน {greeting}" if greeting else "", words.text, ask, closing)
    return "\n\n".join(filter(None, paragraphs))


def line_of(words: Words, url: str) -> str:
    """Exactly three lines to be pasted into a LINE group: what, about what, where."""
    return "\n".join((_one_line(words.line[0]), _one_line(words.line[1]), url))


def contact_of(*, phone: str, email: str) -> str:
    """Whom to ask, to go on after "กรุณาติดต่อ"; "" where nothing is known."""
    ways = [f"โทรศัพท์ {phone}" if phone else "", f"อีเมล {email}" if email else ""]
    known = " หรือ".join(filter(None, ways))
    return f"หน่วยงานทาง{known}" if known else ""


def shortened(text: str, longest: int = LONGEST_SUBJECT) -> str:
    """``text`` in one line of at most ``longest`` letters; what is cut ends with "…", before a vowel or tone never."""
    text = _one_line(text)
    if len(text) <= longest:
        return text
    end = longest - 1
    while end > 0 and (
        unicodedata.category(text[end]) == "Mn" or text[end] in "ะาำๅๆฯ" or text[end - 1] in "เแโใไ"
    ):
        end -= 1
    space = text.rfind(" ", 0, end + 1)
    # A phrase is cut at its space, unless that would take half of what could be said.
    return text[: space if space > longest // 2 else end].rstrip() + "…"


def _one_line(text: str) -> str:
    return " ".join(text.split())
