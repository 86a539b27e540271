"""The emblem on paper: as high or as wide as the form has room, in its own proportions, and opaque."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest
from PIL import Image

from measures.emblem import reencode
from reports.content import Content
from reports.document.pdf import render_pdf

CM = 72 / 2.54


def uploaded(size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", size, (0, 0, 128, 90)).save(file, "PNG")
    return reencode(file.getvalue())


@pytest.mark.parametrize(
    ("size", "printed"),
    [((400, 400), (1.5, 1.5)), ((200, 400), (0.75, 1.5)), ((800, 400), (3, 1.5)), ((900, 90), (3, 0.3))],
)
def test_it_is_as_large_as_there_is_room(
    content: Content, size: tuple[int, int], printed: tuple[float, float]
) -> None:
    page = pypdfium2.PdfDocument(render_pdf(content, stage="presented", emblem=uploaded(size)))[0]
    (picture,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    left, bottom, right, top = picture.get_bounds()
    assert ((right - left) / CM, (top - bottom) / CM) == pytest.approx(printed, abs=0.01)
    assert page.get_height() - top == pytest.approx(1.5 * CM, abs=1)


def test_it_needs_no_transparency(content: Content) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(render_pdf(content, stage="presented", emblem=uploaded((300, 300)))))
    (image,) = (found.get_object() for found in pdf.pages[0]["/Resources"]["/XObject"].values())  # type: ignore[index]
    assert (image["/Subtype"], "/SMask" in image) == ("/Image", False)
