"""A document to one plain, accessible HTML page: the twin of the PDF, with the same words in the same order.

One file that needs no other: its style is embedded and always the same bytes, so that a content security policy can
name it by its sum; there is no script and no style attribute. It has never heard of plans, nor of ReportLab.

What the PDF draws as furniture (foot of the page, running heads, page numbers) it has not. Readers who hear the page
hear what `reports.pdf.spoken` hears of the PDF; legend, shapes and bars are for the eye in both.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from reports.document import Document, Layout, levels_of
from reports.html.blocks import Writing, write_blocks
from reports.html.drawings import symbols
from reports.html.words import escaped

__all__ = ["render", "style_sum"]


def render(document: Document) -> bytes:
    """The document as a page in UTF-8; the same document gives the same bytes."""
    writing = Writing(document, levels_of(document))
    banner = f'<header class="banner"><p>{escaped(document.banner)}</p></header>\n' if document.banner.strip() else ""
    layout = "brief" if document.layout is Layout.BRIEF else "report"
    body = write_blocks(document.blocks, writing)
    return f"""<!DOCTYPE html>
<html lang="{escaped(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escaped(document.title)}</title>
{_descriptions(document)}<style>{_style()}</style>
</head>
<body class="{layout}">
{symbols()}
{banner}<main>
{body}</main>
</body>
</html>
""".encode()


def style_sum() -> str:
    """The embedded style as a content security policy names it: "sha256-…"."""
    return "sha256-" + base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()


def _descriptions(document: Document) -> str:
    """What the page says of itself; the only date is that of the data."""
    told = {
        "author": document.author,
        "description": document.subject,
        "keywords": ", ".join(document.keywords),
        "dcterms.modified": document.data_date.isoformat(),
    }
    return "".join(f'<meta name="{name}" content="{escaped(text)}">\n' for name, text in told.items() if text)


@cache
def _style() -> str:
    return (Path(__file__).parent / "style.css").read_text("utf-8")
