"""An uploaded emblem, checked before it is decoded and encoded anew, so that nothing but pixels is kept."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

from measures.errors import Refused

LARGEST_FILE = 2_000_000
LARGEST_SIDE = 5_000
KEPT_SIDE = 600
FORMATS = ("PNG", "JPEG", "WEBP")


def reencode(data: bytes) -> bytes:
    """Return the picture as PNG, at most 600 pixels a side.

    Raises ``Refused`` on a file over 2 MB, a picture over 5,000 pixels a side, and anything but PNG, JPEG or WebP.
    """
    if len(data) > LARGEST_FILE:
        raise Refused("ไฟล์ตรามีขนาดเกิน 2 MB กรุณาย่อภาพแล้วเลือกไฟล์ใหม่")
    try:
        # A bomb is refused by its declared size, before a pixel is decoded.
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if max(picture.size) > LARGEST_SIDE:
                raise Refused("ภาพตรามีขนาดเกิน 5,000 พิกเซล กรุณาย่อภาพแล้วเลือกไฟล์ใหม่")
            plain = picture.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError,
            SyntaxError) as error:  # fmt: skip
        raise Refused("อ่านไฟล์ตราไม่ได้ ใช้ได้เฉพาะภาพ PNG, JPEG หรือ WebP กรุณาเลือกไฟล์ใหม่") from error
    plain.thumbnail((KEPT_SIDE, KEPT_SIDE))
    kept = io.BytesIO()
    plain.save(kept, "PNG", optimize=True)
    return kept.getvalue()
