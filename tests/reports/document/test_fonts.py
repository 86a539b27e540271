"""Fonts: the same from the same source, marks that never touch, found whole at the start or said to be missing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from shutil import copytree
from typing import Any

import pypdf
import pytest
import uharfbuzz
from django.core.management import CommandError, call_command
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw
from pypdf.generic import ContentStream, StreamObject
from pytest_django.fixtures import Settings

from measures.thai import canonical
from reports.checks import document_can_be_printed
from reports.content import Content, Section
from reports.document import fonts
from reports.document.font_sources import FontsMissing, official, packaged
from reports.document.fonts import UnprintableText, check_printable, together
from reports.document.pdf import render_pdf
from tests.reports.document.conftest import with_memorandum
from tests.reports.document.test_exact_text import HARD_WORDS, JAWI, OTHERS


def files(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in sorted(directory.rglob("*.*f*"))}


def test_fonts_are_the_same_from_the_same_source(font_home: Path, other_home: Path) -> None:
    for part in ("print", "web"):
        assert files(other_home / "fonts" / part) == files(font_home / "fonts" / part)


def test_fonts_are_made_once(font_home: Path) -> None:
    before = (font_home / "fonts" / "stamp").stat().st_mtime_ns
    call_command("build_fonts", verbosity=0)
    assert (font_home / "fonts" / "stamp").stat().st_mtime_ns == before


# --- marks ------------------------------------------------------------------------------------------------------


def inked(glyf: Any, name: str, x: int, y: int) -> Image.Image:
    """Where a glyph has ink, a pixel for 5 units; its curves a little outside, as their control points are."""
    drawn = Image.new("1", (320, 400))
    points, ends, _ = glyf[name].getCoordinates(glyf)
    starts = [0, *(end + 1 for end in ends)]
    rings = [list(points[start : end + 1]) for start, end in zip(starts, ends, strict=False)]
    for ring in sorted(rings, key=lambda ring: -abs(area(ring))):
        at = [((px + x) / 5 + 60, 260 - (py + y) / 5) for px, py in ring]
        ImageDraw.Draw(drawn).polygon(at, fill=int(area(ring) < 0))
    return drawn


def area(ring: list[tuple[int, int]]) -> int:
    """Twice the area; negative where the ring goes around ink, as TrueType has it."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_marks_touch_neither_each_other_nor_a_rising_stroke_nor_a_foot(style: str, font_home: Path) -> None:
    with TTFont(font_home / "fonts" / "print" / f"ITASarabun-{style}.ttf") as font:
        glyf, letters = font["glyf"], font.getBestCmap()
        bases = {letters[ord(letter)] for letter in "ปฝฟฬญฐฎฏก"} | {"uni0E0D.less", "uni0E10.less"}
        looked_at, touching = 0, []
        for name in font.getGlyphOrder():
            parts = glyf[name].components if name.startswith("cluster") else []
            if parts and parts[0].glyphName in bases:
                looked_at += 1
                drawn = [inked(glyf, part.glyphName, part.x, part.y) for part in parts]
                if any(ImageChops.logical_and(a, b).getbbox() for a, b in combinations(drawn, 2)):
                    touching.append([part.glyphName for part in parts])
    assert touching == []
    assert looked_at > 500


BEFORE_LEADING = [
    "แก้ไข",
    "ได้ใน",
    "ให้ไว้",
    "ศูนย์ใน",
    "ทรัพย์โดย",
    "หนี้ใน",
    "เงินกู้ไป",
    "ตู้ใน",
    "พี่ไป",
    "ดีใจ",
    "ลืมได้ใจ",
    "ครุภัณฑ์โดย",
    "ค่าไฟ",
    "ชื่อใหม่",
]


@pytest.mark.parametrize("style", ["Regular", "Bold"])
@pytest.mark.parametrize("word", BEFORE_LEADING)
def test_marks_do_not_touch_the_vowel_ahead_of_the_next_letter(
    word: str, style: str, font_home: Path
) -> None:
    path = font_home / "fonts" / "print" / f"ITASarabun-{style}.ttf"
    shaper, buffer = uharfbuzz.Font(uharfbuzz.Face(path.read_bytes())), uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaper, buffer)
    with TTFont(path) as font:
        letters = [font.getGlyphName(info.codepoint) for info in buffer.glyph_infos]
        advances = [position.x_advance for position in buffer.glyph_positions]
        touching = [
            pair
            for *pair, advance in zip(letters, letters[1:], advances, strict=False)
            if ImageChops.logical_and(
                inked(font["glyf"], pair[0], 0, 0), inked(font["glyf"], pair[1], advance, 0)
            ).getbbox()
        ]
    assert touching == []


# --- in the file ------------------------------------------------------------------------------------------------


def shown(page: Any, pdf: Any) -> Iterator[tuple[str, int]]:
    """The codes of a page with the name of their font."""
    font = ""
    for operands, operator in ContentStream(page["/Contents"].get_object(), pdf).operations:
        if operator == b"Tf":
            font = operands[0]
        elif operator == b"TJ":
            text = b"".join(part.original_bytes for part in operands[0] if hasattr(part, "original_bytes"))
            yield from ((font, int.from_bytes(text[at : at + 2], "big")) for at in range(0, len(text), 2))


def widths(font: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    entries = list(font["/DescendantFonts"][0].get_object()["/W"])
    for first, run in zip(entries[::2], entries[1::2], strict=True):
        found |= {int(first) + place: float(width) for place, width in enumerate(run)}
    return found


def test_every_code_has_letters_a_width_and_a_glyph(content: Content) -> None:
    section = Section("๑", "ข้อ", "\n".join(map(canonical, [*HARD_WORDS, *OTHERS, *JAWI])))
    pdf = pypdf.PdfReader(
        io.BytesIO(render_pdf(with_memorandum(content, sections=(section,)), stage="presented"))
    )
    used: dict[str, set[int]] = {}
    resources: dict[str, Any] = {}
    for page in pdf.pages:
        resources |= page["/Resources"].get_object()["/Font"].get_object()  # type: ignore[index]
        for font, code in shown(page, pdf):
            used.setdefault(font, set()).add(code)
    assert len(used) == 3  # regular, bold, and what was drawn for this file
    for name, codes in used.items():
        font = resources[name].get_object()
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        file: StreamObject = descriptor["/FontFile2"].get_object()
        with TTFont(io.BytesIO(file.get_data())) as embedded:
            advances = embedded["hmtx"].metrics
            order, em = embedded.getGlyphOrder(), embedded["head"].unitsPerEm
            own = {code: advances[order[code]][0] * 1000 / em for code in codes}
        assert 0 not in codes
        assert {code: widths(font)[code] for code in codes} == pytest.approx(own, abs=1)
        unicode = font["/ToUnicode"].get_object().get_data().decode()
        assert [code for code in codes if f"<{code:04x}> <" not in unicode] == []


def test_letters_without_a_glyph_are_refused_by_name(font_home: Path) -> None:
    with pytest.raises(UnprintableText) as refused:
        check_printable("ก é 👍 بهاس ᚠ 𒀀", font_home / "fonts")
    assert refused.value.characters == ("ᚠ", "𒀀")


def test_a_letter_and_its_marks_come_from_one_font(font_home: Path) -> None:
    found = list(together("x̂ 1\u20e3 Ṁ\u0303 ก", font_home / "fonts"))
    assert found == [(3, 5, "ITA Emoji"), (6, 8, "ITA Latin")]  # the document's own has x̂


# --- at the start -----------------------------------------------------------------------------------------------


def test_nothing_is_wrong_where_the_fonts_are() -> None:
    assert document_can_be_printed() == []


def test_missing_fonts_stop_the_start_in_one_sentence(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    (problem,) = document_can_be_printed()
    assert problem.msg.endswith("run manage.py build_fonts.")


@pytest.fixture(scope="module")
def spoiled(font_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fonts of this module's own, to be spoiled."""
    home = tmp_path_factory.mktemp("spoiled")
    copytree(font_home / "fonts", home / "fonts")
    return home


def test_a_broken_fallback_font_stops_the_start(settings: Settings, spoiled: Path) -> None:
    settings.DATA_DIR = spoiled
    emoji = spoiled / "fonts" / "print" / "ITAEmoji-Bold.ttf"
    whole = emoji.read_bytes()
    emoji.write_bytes(whole[:-1000])
    (problem,) = document_can_be_printed()
    emoji.write_bytes(whole)
    assert (problem.id, "print/ITAEmoji-Bold.ttf" in problem.msg) == ("reports.E005", True)


def test_fonts_made_from_another_than_the_named_one_stop_the_start(settings: Settings, spoiled: Path) -> None:
    settings.DATA_DIR, settings.DOCUMENT_FONT = spoiled, "TH SarabunPSK"
    (problem,) = document_can_be_printed()
    assert (problem.id, "made from Sarabun" in problem.msg) == ("reports.E005", True)


def test_a_font_that_fontconfig_does_not_find_stops_the_start(settings: Settings, spoiled: Path) -> None:
    settings.DATA_DIR = spoiled
    config = spoiled / "fonts" / "fonts.conf"
    whole = config.read_text()
    config.write_text(whole.replace(">print<", ">nowhere<"))
    (problem,) = document_can_be_printed()
    config.write_text(whole)
    assert problem.id == "reports.E004"


# --- a font of the machine ----------------------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A font of another name among the user's, as an agency installs TH SarabunPSK."""
    directory = tmp_path / "fonts"
    directory.mkdir()
    for style in ("Regular", "Bold"):
        with TTFont(packaged(style)) as font:
            for number, text in {1: "TH Sarabun Trial", 2: style, 4: f"TH Sarabun Trial {style}"}.items():
                font["name"].setName(text, number, 3, 1, 0x409)
            font["name"].names = [name for name in font["name"].names if name.nameID not in (16, 17)]
            font.save(directory / f"trial-{style}.ttf")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return directory


@pytest.mark.parametrize("by", ["family", "file"])
def test_a_font_is_found_by_its_family_or_by_a_file(by: str, installed: Path) -> None:
    named = "TH Sarabun Trial" if by == "family" else str(installed / "trial-Bold.ttf")
    assert official(named) == {style: installed / f"trial-{style}.ttf" for style in ("Regular", "Bold")}


def test_documents_are_printed_in_the_named_font_at_its_official_size(
    installed: Path, tmp_path: Path
) -> None:
    fonts.build_fonts(tmp_path / "made", "TH Sarabun Trial")
    with TTFont(tmp_path / "made" / "print" / "ITASarabun-Regular.ttf") as font:
        # Set at 0.8 of its official size, a point of it is a point of TH Sarabun.
        assert (font["head"].unitsPerEm, font["name"].getDebugName(1)) == (800, "ITA Sarabun")
        assert "cluster9" in font.getGlyphOrder()
    assert fonts.is_current(tmp_path / "made", "TH Sarabun Trial")
    assert not fonts.is_current(tmp_path / "made")


@pytest.mark.parametrize("named", ["TH Sarabun Nowhere", "/nowhere/THSarabun.ttf"])
def test_a_named_font_that_is_not_there_stops_the_installation(
    named: str, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.DOCUMENT_FONT = tmp_path, named
    with pytest.raises(CommandError, match=r"ITA_DOCUMENT_FONT: .* has no Regular and no Bold TrueType font"):
        call_command("build_fonts", verbosity=0)
    with pytest.raises(FontsMissing):
        official(named)
