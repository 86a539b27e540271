"""Thai text and numbers as people type them, made canonical once: for storing, searching, sorting and counting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Final


class ThaiValueError(ValueError):
    """Typed text that cannot be understood; ``str(error)`` is a Thai sentence that says what to do next."""


# --- canonical text ---------------------------------------------------------------------------------------------

_NIKHAHIT: Final = "\u0e4d"
_SARA_AA: Final = "\u0e32"
_SARA_AM: Final = "\u0e33"
_TRAILING_VOWELS: Final = frozenset("\u0e30" + _SARA_AA + _SARA_AM)
_TONES: Final = frozenset("\u0e48\u0e49\u0e4a\u0e4b")
_LEADING_VOWELS: Final = "\u0e40\u0e41\u0e42\u0e43\u0e44"

# The legal order after a consonant: vowel below, vowel above, nikhahit, tone, thanthakhat. Phinthu comes before
# the other signs below, and marks of other scripts by their combining class, because NFC wants them there.
_MARK_RANK: Final = {
    mark: rank
    for rank, marks in (
        (0, "\u0e38\u0e39\u0e3a"),
        (1, "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47"),
        (2, _NIKHAHIT),
        (3, "".join(_TONES)),
        (4, "\u0e4c\u0e4e"),
    )
    for mark in marks
}
_TONE_CLASS: Final = 107

# Old Thai fonts drew raised and shifted marks as letters of their own in the private use area; text copied out
# of such documents still carries them.
_VARIANT_OF: Final = (
    "\u0e10\u0e34\u0e35\u0e36\u0e37"  # tho than without its foot; vowels above, shifted left
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"  # tones and thanthakhat, low and left
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"  # low
    "\u0e0d\u0e31\u0e4d\u0e47"  # yo ying without its foot; mai han akat, nikhahit, mai tai khu, left
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"  # left
    "\u0e38\u0e39\u0e3a"  # vowels below, lowered
)
# And Latin fonts drew joined letters as one, which readers of a PDF take apart again.
_JOINED: Final = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")
_FONT_VARIANTS: Final = {
    **dict(zip(range(0xF700, 0xF71B), _VARIANT_OF, strict=True)),
    **dict(zip(range(0xFB00, 0xFB07), _JOINED, strict=True)),
}
_INVISIBLE: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc"
    + "".join(map(chr, range(0xFE00, 0xFE10)))  # variation selectors
)
_LINE_BREAKS: Final = frozenset("\n\x0b\x0c\r\x85\u2028\u2029")
_VISIBLE_FORMATS: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")


def canonical(text: str, *, multiline: bool = False) -> str:
    """Return ``text`` in the one spelling that is stored, hashed and searched.

    - NFC, marks in their legal order and none twice on one consonant; NIKHAHIT + SARA AA is SARA AM; เเ is แ;
      joined Latin letters (ﬁ) are letters.
    - Zero-width, bidi and control characters, byte order marks, soft hyphens, variation selectors, lone
      surrogates, non-characters and private letters are removed; a joined emoji falls into its parts.
    - More than 30 marks on one letter are cut.
    - Any other space is a plain space. Line ends are "\\n" with ``multiline``, else a space.
    - Ends are stripped, and the end of every line. Spaces inside a line stay, and so does indentation with
      ``multiline``, where lists show by it what belongs to what.

    Idempotent, and linear in the length of ``text``.
    """
    text = visible(text)
    if not text.isascii():
        text = _respell(text)
    if not multiline:
        return text.replace("\n", " ").strip(" ")
    return "\n".join(line.rstrip(" ") for line in text.split("\n")).strip(" \n")


def visible(text: str) -> str:
    """``text`` without what nobody sees and everybody would copy; line ends are "\\n", other spaces plain ones."""
    return text.replace("\r\n", "\n").translate(_CLEANER)


class _Cleaner:
    """A translation table that asks about each character when it is first met."""

    def __getitem__(self, code: int) -> int | str | None:
        return _clean(code)


@lru_cache(maxsize=4096)
def _clean(code: int) -> int | str | None:
    character = chr(code)
    if character in _LINE_BREAKS:
        return "\n"
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    if code in _FONT_VARIANTS:
        return _FONT_VARIANTS[code]
    if (
        character in _INVISIBLE
        or 0xE0100 <= code <= 0xE01EF
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    ):
        return None
    if category in ("Cc", "Cf", "Cs", "Co") and character not in _VISIBLE_FORMATS:
        return None
    return code


_CLEANER: Final = _Cleaner()


def _one_of(belongs: Callable[[str], bool]) -> str:
    """Return the regular expression of one character, of the first two planes, that belongs."""
    basic = "".join(filter(belongs, map(chr, range(0x10000))))
    beyond = "".join(filter(belongs, map(chr, range(0x10000, 0x20000))))
    # One class for both planes is tested range by range: forty times slower on Thai.
    return f"(?:[{basic}]|(?=[\U00010000-\U0001ffff])[{beyond}])"


def _is_mark(character: str) -> bool:
    # The last two are letters that folding for a search turns into marks.
    return unicodedata.category(character).startswith("M") or character in "\uff9e\uff9f"


def _is_attached(character: str) -> bool:
    return character in _MARK_RANK or character in _TRAILING_VOWELS or unicodedata.combining(character) > 0


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows a consonant, and a pile of marks: made when first needed, for looking through two planes is slow."""
    mark = _one_of(_is_mark)
    # Python's NFC takes quadratic time over a pile of marks; Unicode's stream-safe limit is far above any spelling.
    return re.compile(f"{_one_of(_is_attached)}{{2,}}"), re.compile(f"({mark}{{30}}){mark}+")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _respell(text: str) -> str:
    clusters, piles = _patterns()
    ordered = clusters.sub(lambda cluster: _order_cluster(cluster[0]), _nfc(piles.sub(r"\1", text)))
    return piles.sub(r"\1", _nfc(ordered)).replace("เเ", "แ")


def _order_cluster(cluster: str) -> str:
    """Put in order what follows one consonant: marks, then trailing vowels (ะ า ำ)."""
    at = next((i for i, character in enumerate(cluster) if character in _TRAILING_VOWELS), len(cluster))
    marks, rest = list(cluster[:at]), cluster[at:]
    # A tone or nikhahit typed after the vowel (กำ่, คะ่) can only belong to the consonant before it.
    marks += [character for character in rest if character in _TONES or character == _NIKHAHIT]
    rest = "".join(character for character in rest if character not in _TONES and character != _NIKHAHIT)
    if rest[:1] in (_SARA_AA, _SARA_AM) and _NIKHAHIT in marks:
        marks = [mark for mark in marks if mark != _NIKHAHIT]
        rest = _SARA_AM + rest[1:]
    return _sort_marks(marks) + "".join(
        "".join(run) if vowels else _sort_marks(run)
        for vowels, run in ((key, list(run)) for key, run in groupby(rest, key=_TRAILING_VOWELS.__contains__))
    )


def _sort_marks(marks: list[str]) -> str:
    once: list[str] = []
    seen: set[str] = set()
    for mark in marks:
        if mark not in seen:
            once.append(mark)
        if mark in _MARK_RANK:
            seen.add(mark)
    return "".join(sorted(once, key=_mark_order))


def _mark_order(mark: str) -> tuple[int, int]:
    combining = unicodedata.combining(mark)
    rank = _MARK_RANK.get(mark)
    if rank is None:
        rank = 0 if combining < _TONE_CLASS else 3
    return rank, combining


# --- keys -------------------------------------------------------------------------------------------------------

_SAME_SIGN: Final = str.maketrans("‐‑‒–—―−“”„‘’", '-------"""\'\'')
_SPACES: Final = re.compile(" +")
_SECONDARY: Final = frozenset("\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")
_LEADING: Final = re.compile(f"([{_LEADING_VOWELS}])([ก-ฮ])")


def search_key(text: str) -> str:
    """Return ``text`` folded for searching and for finding duplicates.

    Spelling, letter case, width, digits (all Arabic), dashes and quotation marks, and runs of spaces no longer
    differ. Both the searched text and the words searched for go through here.
    """
    folded = unicodedata.normalize("NFKC", canonical(text)).casefold()
    folded = canonical(unicodedata.normalize("NFKC", folded).casefold())
    return _SPACES.sub(" ", arabic_digits(folded).translate(_SAME_SIGN))


def sort_key(text: str) -> tuple[str, str, str]:
    """Return a key that sorts in the order of a Thai dictionary (Royal Society).

    A leading vowel counts after its consonant; tone marks, mai tai khu and thanthakhat count only between
    words that are otherwise equal.
    """
    swapped = _LEADING.sub(r"\2\1", search_key(text))
    primary = "".join(character for character in swapped if character not in _SECONDARY)
    secondary = "".join(character if character in _SECONDARY else " " for character in swapped)
    return primary, secondary, text


# --- digits and numbers -----------------------------------------------------------------------------------------

_TO_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_NUMBER_SIGNS: Final = str.maketrans("，．٬٫－−％٪", ",.,.--%%")
_NUMBER: Final = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")
_LONGEST_NUMBER: Final = 100


def thai_digits(text: str | int) -> str:
    """Return ``text`` with 0–9 as ๐–๙."""
    return str(text).translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """Return ``text`` with every decimal digit of Unicode (Thai, fullwidth, Arabic-Indic, …) as 0–9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def parse_percent(text: str) -> int:
    """Return a whole percentage from 0 to 100 as typed: "50", "๕๐ %", "ร้อยละ ๕๐".

    Raises ``ThaiValueError`` for anything else.
    """
    advice = "กรุณาพิมพ์ร้อยละเป็นจำนวนเต็มตั้งแต่ 0 ถึง 100 เช่น 50"
    typed = _number_text(text, advice).removeprefix("ร้อยละ").removesuffix("%").strip()
    if not re.fullmatch("[0-9]{1,3}", typed) or int(typed) > 100:
        raise ThaiValueError(advice)
    return int(typed)


def parse_decimal(text: str, *, places: int, maximum: Decimal, minimum: Decimal = Decimal(0)) -> Decimal:
    """Return a number as typed, "1,000,000.50" or "๑,๐๐๐", with at most ``places`` decimals.

    Raises ``ThaiValueError`` where it is no plain number, has more decimals, or lies outside
    ``minimum``–``maximum`` (both allowed).
    """
    advice = f"กรุณาพิมพ์ตัวเลขตั้งแต่ {minimum:,} ถึง {maximum:,}"
    if places:
        advice += f" ทศนิยมไม่เกิน {places} ตำแหน่ง"
    match = _NUMBER.fullmatch(_number_text(text, advice))
    if match is None or len(match[3] or "") > places:
        raise ThaiValueError(advice)
    number = Decimal(match[0].replace(",", ""))
    if not minimum <= number <= maximum:
        raise ThaiValueError(advice)
    return number or abs(number)  # no minus before nothing


def baht(amount: Decimal) -> str:
    """An amount with its commas, and satang only where there are any.

    >>> baht(Decimal("1000000.50")), baht(Decimal("20000.00"))
    ('1,000,000.50', '20,000')
    """
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def small_number(text: str) -> int:
    """Return a number that a page put into its own form, a version or a year; 0 for anything but 1 to 9 digits."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


def _number_text(text: str, advice: str) -> str:
    # Length first: what follows is linear, but turning thousands of digits into a number is not.
    if len(text) > _LONGEST_NUMBER:
        raise ThaiValueError(advice)
    return arabic_digits(canonical(text)).translate(_NUMBER_SIGNS)


def office_letters(number: str) -> str:
    """The letters a document number begins with ("ตย ๑๒๓๔๕/๓๕๘" → "ตย"), or "" where it has none."""
    match = re.match(r"[ก-ฮ]{1,4}(?=[ .]*[0-9๐-๙])", number)
    return match[0] if match else ""
