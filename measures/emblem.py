"""An uploaded emblem, checked before it is decoded and encoded anew, so that nothing but pixels is kept."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from measures.errors import Refused

LARGEST_FILE: Final = 2_000_000
LARGEST_AREA: Final = 16_000_000
SMALLEST_SIDE: Final = 32
KEPT_SIDE: Final = 600
"""At 3 cm, as wide as it is ever printed, 500 pixels an inch."""
FORMATS: Final = ("PNG", "JPEG", "WEBP")

_DEEP: Final = "I;16"  # grey in 65,536 steps, which Pillow would cut off above 255
_TOO_LARGE: Final = "ภาพตรามีขนาดเกิน 16 ล้านพิกเซล กรุณาย่อภาพให้ไม่เกิน 4,000 × 4,000 พิกเซลแล้วเลือกไฟล์ใหม่"
_UNREADABLE: Final = "อ่านไฟล์ตราไม่ได้ ใช้ได้เฉพาะภาพ PNG, JPEG หรือ WebP กรุณาเลือกไฟล์ใหม่"


def reencode(data: bytes) -> bytes:
    """Return the picture upright on white as PNG, at most 600 pixels a side; the same bytes for the same picture.

    What it is, its bytes tell, not its name. Raises ``Refused`` on a file over 2 MB, a picture over 16 million pixels
    or under 32 a side, one that moves, and anything but PNG, JPEG or WebP; before a pixel is decoded.
    """
    if len(data) > LARGEST_FILE:
        raise Refused("ไฟล์ตรามีขนาดเกิน 2 MB กรุณาย่อภาพแล้วเลือกไฟล์ใหม่")
    if b"<svg" in data[:1000]:
        raise Refused("ภาพ SVG ใช้เป็นตราไม่ได้ กรุณาบันทึกเป็น PNG แล้วเลือกไฟล์ใหม่")
    # WeasyPrint lets Pillow accept half a file, in the whole process and from the first document on.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            _check(picture)
            plain = _on_white(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(_TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused(_UNREADABLE) from error
    plain.thumbnail((KEPT_SIDE, KEPT_SIDE))
    kept = io.BytesIO()
    plain.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _check(picture: Image.Image) -> None:
    """Refuse by what the file says of itself."""
    if picture.width * picture.height > LARGEST_AREA:
        raise Refused(_TOO_LARGE)
    if min(picture.size) < SMALLEST_SIDE:
        raise Refused("ภาพตราเล็กเกินไป พิมพ์แล้วจะไม่ชัด กรุณาเลือกภาพที่กว้างและสูงอย่างน้อย 32 พิกเซล")
    if getattr(picture, "n_frames", 1) > 1:
        raise Refused("ภาพเคลื่อนไหวใช้เป็นตราไม่ได้ กรุณาเลือกภาพนิ่ง")


def _on_white(picture: Image.Image) -> Image.Image:
    """Nothing but the colours: a new picture has no profile, no text and no transparency."""
    if picture.mode == _DEEP:
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    shown = picture.convert("RGBA")
    plain = Image.new("RGB", shown.size, "white")
    plain.paste(shown, mask=shown.getchannel("A"))
    return plain
