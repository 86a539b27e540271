"""You come here for the field that holds the seal: unseen on the page, but in the tree that is read aloud.

PDF/UA-1 (7.18.4) wants a widget inside a ``Form`` element, PDF/A-3 (6.3.2) that it be printed; without size it needs
no picture of its own (6.3.3), so that nothing is added to what was signed.
"""

from __future__ import annotations

from typing import Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import IndirectObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec

NAME: Final = "AgencySeal"
_LAST_PAGE: Final = -1
SPEC: Final = SigFieldSpec(NAME, on_page=_LAST_PAGE)


def tag(writer: IncrementalPdfFileWriter, field: IndirectObject, words: str) -> None:
    """Put the ``field`` at the end of what is read aloud, as ``words``; a file without tags keeps none."""
    widget = field.get_object()
    widget["/TU"] = generic.TextStringObject(words)
    if "/StructTreeRoot" not in writer.root:
        return
    root = writer.root["/StructTreeRoot"]
    document, page = root.raw_get("/K"), widget.raw_get("/P")
    linked = {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): field, pdf_name("/Pg"): page}
    element = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): document,
                pdf_name("/Pg"): page,
                pdf_name("/Alt"): generic.TextStringObject(words),
                pdf_name("/K"): generic.ArrayObject([generic.DictionaryObject(linked)]),
            }
        )
    )
    spoken = document.get_object()
    spoken["/K"].append(element)
    writer.update_container(spoken["/K"])
    key = root["/ParentTreeNextKey"]
    widget["/StructParent"] = generic.NumberObject(key)
    parents = root["/ParentTree"]["/Nums"]
    parents += [generic.NumberObject(key), element]
    writer.update_container(parents)
    root["/ParentTreeNextKey"] = generic.NumberObject(key + 1)
    writer.update_container(root)
