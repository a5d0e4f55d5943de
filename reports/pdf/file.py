"""The finished file: metadata, outline, structure, fonts, profile of colours. Knows PDF, not what the pages show.

Nothing in it depends on the day, the machine or the process: the only date is that of the data, and the file's
identifier is made of its pages.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from reports.document import Document, Layout
from reports.pdf.attachments import Attachment, attach
from reports.pdf.canvas import Canvas, Stream
from reports.pdf.fonts import readable
from reports.pdf.outline import Outline

VERSION = 1
"""The renderer's: raised with every change after which the same document gives other bytes."""

CREATOR = "City Strategic Plan"
PRODUCER = f"{CREATOR}, renderer {VERSION}"
PROFILE = Path(__file__).parent / "srgb.icc"


def finished(canvas: Canvas, document: Document, attachments: Sequence[Attachment] = ()) -> bytes:
    """The bytes of the file. The canvas is used up."""
    document = replace(
        document,
        title=readable(document.title, "the file's title"),
        author=readable(document.author, "the file's author"),
        subject=readable(document.subject, "the file's subject"),
        keywords=tuple(readable(word, "the file's keywords") for word in document.keywords),
    )
    canvas.end_page()
    file = canvas.file
    for page in canvas.pages:
        canvas.tree.own(page.key, page.marks)
        if page.annotations:
            page.content.Annots = pdfdoc.PDFArray(page.annotations)
    _describe(file, document)
    _catalog(canvas, document)
    attach(file, attachments, document.data_date)
    for attachment in attachments:
        canvas.digest.update(attachment.data)
    file._ID = _identifier(canvas.digest.digest())
    for font in file.delayedFonts:
        font.addObjects(file)
    file.delayedFonts = []
    for found in file.idToObject.values():
        if type(found) is pdfdoc.PDFStream:
            found.__class__ = Stream
    data: bytes = file.GetPDFData(canvas)
    return data


def _describe(file: Any, document: Document) -> None:
    day = document.data_date
    file._timeStamp = SimpleNamespace(YMDhms=(day.year, day.month, day.day, 0, 0, 0), dhh=0, dmm=0)
    info = file.info
    info.title, info.author, info.subject = document.title, document.author, document.subject
    info.keywords, info.creator, info.producer = ", ".join(document.keywords), CREATOR, PRODUCER


def _catalog(canvas: Canvas, document: Document) -> None:
    file = canvas.file
    catalog = file.Catalog
    catalog.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    catalog.StructTreeRoot = canvas.tree.write(file)
    description = _xmp(document).encode("utf-8")
    metadata = {"Type": "/Metadata", "Subtype": "/XML"}
    catalog.Metadata = Stream(pdfdoc.PDFDictionary(metadata), description, filters=[])
    profile = Stream(pdfdoc.PDFDictionary({"N": 3}), PROFILE.read_bytes(), filters=[pdfdoc.PDFZCompress])
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": file.Reference(profile),
    }
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
    if document.layout is Layout.REPORT and canvas.outline:
        catalog.PageMode = "/UseOutlines"
    file.Outlines = Outline(canvas.outline)
    catalog.Outlines = file.Outlines.write(file)
    canvas.digest.update(description)


def _identifier(digest: bytes) -> bytes:
    found = hashlib.md5(digest, usedforsecurity=False).hexdigest().upper().encode()
    return b"[<" + found + b"><" + found + b">]"


def _xmp(document: Document) -> str:
    """What the file says of itself, in the words that archives read; the same as in its information dictionary."""
    day = f"{document.data_date.isoformat()}T00:00:00+00:00"
    title, subject = _alternative(document.title), _alternative(document.subject)
    author, keywords = escape(document.author), escape(", ".join(document.keywords))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format><dc:title>{title}</dc:title><dc:description>{subject}</dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{escape(document.language)}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{PRODUCER}</pdf:Producer>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool><xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{_EXTENSION}
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def _alternative(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


# PDF/A wants every name that it does not know described: here that of PDF/UA.
_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
