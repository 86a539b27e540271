"""An emblem is a small clean picture on white, whatever was uploaded; or it is refused in words, undecoded."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from measures.emblem import reencode
from measures.errors import Refused

NAVY = (0, 0, 128)
LARGE = "ภาพตรามีขนาดเกิน 16 ล้านพิกเซล กรุณาย่อภาพให้ไม่เกิน 4,000 × 4,000 พิกเซลแล้วเลือกไฟล์ใหม่"
UNREADABLE = "อ่านไฟล์ตราไม่ได้ ใช้ได้เฉพาะภาพ PNG, JPEG หรือ WebP กรุณาเลือกไฟล์ใหม่"


@pytest.fixture(autouse=True)
def after_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a server that has printed one: WeasyPrint makes Pillow take half a file for a whole one."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def kept(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(reencode(data)))
    image.load()
    return image


def declared(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 10)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        reencode(data)
    return str(refused.value)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_is_kept_is_a_png_of_sensible_size_in_its_own_proportions(kind: str) -> None:
    image = kept(saved(Image.new("RGB", (1200, 400), NAVY), kind))
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (600, 200))


def test_the_same_picture_is_kept_as_the_same_bytes() -> None:
    data = saved(Image.effect_mandelbrot((300, 300), (-2, -2, 2, 2), 50).convert("RGB"))
    assert reencode(data) == reencode(data)


def test_nothing_but_pixels_is_kept() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "secret")
    exif = Image.Exif()
    exif[0x010E] = "secret"
    data = saved(Image.new("RGB", (99, 99)), pnginfo=info, icc_profile=b"secret", exif=exif, dpi=(7, 7))
    assert kept(data + b"<script>alert(1)</script>%PDF-1.7").info == {}
    assert set(chunk_names(reencode(data))) == {b"IHDR", b"IDAT", b"IEND"}


def chunk_names(png: bytes) -> list[bytes]:
    names, at = [], 8
    while at < len(png):
        names.append(png[at + 4 : at + 8])
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return names


def half_clear(mode: str) -> bytes:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste((*NAVY, 255), (0, 0, 32, 64))
    return saved(image.quantize() if mode == "P" else image.convert(mode))


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_what_is_clear_becomes_white(mode: str) -> None:
    image = kept(half_clear(mode))
    assert image.getpixel((60, 30)) == (255, 255, 255)
    assert image.getpixel((3, 30)) != (255, 255, 255)


def test_a_colour_that_stands_for_clear_becomes_white() -> None:
    assert kept(saved(Image.new("RGB", (40, 40), NAVY), transparency=NAVY)).getpixel((5, 5)) == (
        255,
        255,
        255,
    )


def test_grey_of_sixteen_bits_keeps_its_shades() -> None:
    image = Image.new("I;16", (40, 40), 32768)
    assert kept(saved(image)).getpixel((5, 5)) == (127, 127, 127)


def test_printers_colours_become_those_of_a_screen() -> None:
    red = kept(saved(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG")).getpixel((5, 5))
    assert isinstance(red, tuple)
    assert red[0] > 200
    assert max(red[1:]) < 60


def test_a_picture_lying_on_its_side_stands_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    assert kept(saved(Image.new("RGB", (80, 40)), "JPEG", exif=exif)).size == (40, 80)


@pytest.mark.parametrize("size", [(30_000, 30_000), (10_000, 10_000), (4_001, 4_000), (2**31 - 1, 32)])
def test_too_many_pixels_are_refused_before_one_is_decoded(size: tuple[int, int]) -> None:
    assert refusal(declared(*size)) == LARGE


def test_a_picture_too_small_to_print_is_refused() -> None:
    assert "อย่างน้อย 32 พิกเซล" in refusal(saved(Image.new("RGB", (400, 31))))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused(kind: str) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("navy", "white")]
    assert refusal(saved(frames[0], kind, save_all=True, append_images=frames[1:])).startswith("ภาพเคลื่อนไหว")


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
    ],
)
def test_a_drawing_is_refused_and_nothing_in_it_is_run(data: bytes) -> None:
    assert refusal(data) == "ภาพ SVG ใช้เป็นตราไม่ได้ กรุณาบันทึกเป็น PNG แล้วเลือกไฟล์ใหม่"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PDF", "PPM"])
def test_any_other_kind_is_refused_whatever_its_name(kind: str) -> None:
    assert refusal(saved(Image.new("RGB", (40, 40)), kind)) == UNREADABLE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        declared(100, 100),
        saved(Image.effect_noise((90, 90), 50), "JPEG")[:-900],
        saved(Image.effect_noise((90, 90), 50), "WEBP")[:-400],
    ],
    ids=["nothing", "signature", "no pixels", "half a JPEG", "half a WebP"],
)
def test_half_a_file_is_refused(data: bytes) -> None:
    assert refusal(data) == UNREADABLE


def test_a_file_over_two_megabytes_is_refused_unread() -> None:
    assert refusal(b"\x89PNG" + b"0" * 2_000_000).startswith("ไฟล์ตรามีขนาดเกิน 2 MB")


def test_a_comment_that_grows_beyond_measure_is_refused() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "0" * 70_000_000, zip=True)
    assert refusal(saved(Image.new("RGB", (40, 40)), pnginfo=info)) == UNREADABLE
