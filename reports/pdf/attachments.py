"""Files that lie in the file: the data behind a report, kept with it in the archive (PDF/A-3, associated files).

Knows names, bytes and how PDF holds them, not what is in them.
"""

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from reportlab.pdfbase import pdfdoc

from reports.pdf.structure import Raw, number_of, text_object

_MIME = re.compile(r"[-\w+.]+/[-\w+.]+", re.ASCII)


class Relationship(StrEnum):
    """What an attached file is to the document; the value is PDF's own word."""

    DATA = "Data"
    """What the figures were made of."""
    SOURCE = "Source"
    """What the document was made from."""
    ALTERNATIVE = "Alternative"
    """The same in another form."""
    SUPPLEMENT = "Supplement"
    UNSPECIFIED = "Unspecified"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to attach. `description`: what it is, in the language of the report. `mime`: "application/json"."""

    name: str
    mime: str
    data: bytes
    description: str
    relationship: Relationship = Relationship.DATA

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.description.strip():
            raise ValueError("an attached file needs a name and a description")
        if not _MIME.fullmatch(self.mime):
            raise ValueError(f"no kind of file: {self.mime}")

    @property
    def plain_name(self) -> str:
        """The name in ASCII: for old programs, and as the key in the list of files."""
        letters = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return re.sub(r"[^A-Za-z0-9._-]+", "-", letters) or "file"


def attach(file: Any, attachments: Sequence[Attachment], day: date) -> None:
    """Add the files to the ReportLab document and its catalog, all with the one date that a report knows."""
    if not attachments:
        return
    ordered = sorted(attachments, key=lambda each: each.plain_name)  # a name tree must be in order
    names = [each.plain_name for each in ordered]
    if len(set(names)) < len(names):
        raise ValueError(f"two attached files have one name: {', '.join(names)}")
    specifications = [file.Reference(_specification(file, each, day)) for each in ordered]
    listed = [part for name, found in zip(names, specifications, strict=True) for part in (f"({name})", found)]
    catalog = file.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
    catalog.AF = pdfdoc.PDFArray(specifications)
    catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(listed)})})


def _specification(file: Any, attachment: Attachment, day: date) -> Raw:
    content = Raw(lambda _: _embedded(attachment, day))
    file.Reference(content)

    def write(attachment: Attachment, document: Any) -> bytes:
        number = number_of(document, content)
        return (
            f"<</Type/Filespec/F({attachment.plain_name})/AFRelationship/{attachment.relationship.value}"
            f"/EF<</F {number} 0 R/UF {number} 0 R>>/UF "
        ).encode() + b"".join([text_object(attachment.name), b"/Desc ", text_object(attachment.description), b">>"])

    return Raw(partial(write, attachment))


def _embedded(attachment: Attachment, day: date) -> bytes:
    packed = zlib.compress(attachment.data, 6)
    # PDF defines the sum as MD5; it guards against damage, not against forgery.
    checksum = hashlib.md5(attachment.data, usedforsecurity=False).hexdigest()
    kind = attachment.mime.replace("/", "#2F")
    head = (
        f"<</Type/EmbeddedFile/Subtype/{kind}/Filter/FlateDecode/Length {len(packed)}"
        f"/Params<</Size {len(attachment.data)}/ModDate(D:{day:%Y%m%d}000000Z)/CheckSum<{checksum}>>>>>stream\n"
    )
    return head.encode() + packed + b"\nendstream"
