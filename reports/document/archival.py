"""You come here for what makes the file one for the archive: PDF/A-3a and PDF/UA-1 named in it, and what is attached.

Nothing here asks a clock: the only date is that of the memorandum, at midnight in Bangkok, or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import md5
from importlib.resources import files
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

import pydyf

LANGUAGE: Final = "th"

# PDF/A asks that properties outside its own list, as PDF/UA's is, are described in the file (ISO 19005-3, 6.6.2.3).
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>{dates}
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_DATES: Final = "\n<xmp:CreateDate>{0}</xmp:CreateDate><xmp:ModifyDate>{0}</xmp:ModifyDate>"


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF: its name, media type, bytes and what it is, and how it relates to the document.

    ``relationship`` is one of ISO 19005-3: "Source" for what the pages were made from, "Data" for the table's figures,
    "Supplement" for what proves who signed.
    """

    name: str
    media_type: str
    data: bytes
    description: str
    relationship: Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]


@dataclass(frozen=True)
class About:
    """What the file says of itself."""

    title: str
    author: str
    day: date | None


def write(pdf: Any, about: About, attached: tuple[Attached, ...]) -> None:
    """Put into ``pdf`` what it says of itself and the files ``attached`` to it."""
    pdf.catalog["Lang"] = pydyf.String(LANGUAGE)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["OutputIntents"] = pydyf.Array([_output_intent(pdf)])
    pdf.info |= {"Title": pydyf.String(about.title), "Author": pydyf.String(about.author)}
    if about.day:
        pdf.info |= {"CreationDate": _pdf_date(about.day), "ModDate": _pdf_date(about.day)}
    # Not compressed, so that an archive finds it without understanding PDF.
    description = pydyf.Stream(
        [_xmp(about, pdf.info["Producer"].string)], {"Type": "/Metadata", "Subtype": "/XML"}
    )
    pdf.add_object(description)
    pdf.catalog["Metadata"] = description.reference
    if attached:
        _attach(pdf, attached, about.day)


def _output_intent(pdf: Any) -> Any:
    """What its colours mean: sRGB, as WeasyPrint brings it."""
    profile = pydyf.Stream([(files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String("sRGB2014"),
            "Info": pydyf.String("sRGB2014"),
            "DestOutputProfile": profile.reference,
        }
    )


def _xmp(about: About, producer: str) -> bytes:
    dates = _DATES.format(f"{about.day.isoformat()}T00:00:00+07:00") if about.day else ""
    words = {"title": about.title, "author": about.author, "producer": producer, "language": LANGUAGE}
    return _XMP.format(dates=dates, **{name: escape(word) for name, word in words.items()}).encode()


def _pdf_date(day: date) -> Any:
    return pydyf.String(f"D:{day:%Y%m%d}000000+07'00'")


def _attach(pdf: Any, attached: tuple[Attached, ...], day: date | None) -> None:
    found = {one.name: _file(pdf, one, day) for one in attached}
    names = [part for name in sorted(found) for part in (pydyf.String(name), found[name])]
    embedded = pydyf.Dictionary({"Names": pydyf.Array(names)})
    pdf.catalog["Names"] = pydyf.Dictionary({"EmbeddedFiles": embedded})
    pdf.catalog["AF"] = pydyf.Array(found.values())


def _file(pdf: Any, one: Attached, day: date | None) -> bytes:
    """A reference to the file as it now stands in ``pdf``."""
    parameters = pydyf.Dictionary(
        {"Size": len(one.data), "CheckSum": f"<{md5(one.data, usedforsecurity=False).hexdigest()}>"}
    )
    if day:
        parameters["ModDate"] = _pdf_date(day)
    kind = one.media_type.replace("/", "#2F")
    embedded = pydyf.Stream(
        [one.data], {"Type": "/EmbeddedFile", "Subtype": f"/{kind}", "Params": parameters}, compress=True
    )
    pdf.add_object(embedded)
    name = pydyf.String(one.name)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "EF": pydyf.Dictionary({"F": embedded.reference, "UF": embedded.reference}),
            "AFRelationship": f"/{one.relationship}",
            "Desc": pydyf.String(one.description),
        }
    )
    pdf.add_object(specification)
    return bytes(specification.reference)
