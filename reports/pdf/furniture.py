"""What stands on every page: the foot with plan, period, date of the data and page; the running head; the banner.

Drawn when the number of pages is known. Furniture for readers who hear the report, but for the banner of the first
page, which is said once: demonstration data must not pass for real.
"""

from reports.document import Document, Layout, Signal, plain
from reports.pdf.canvas import Canvas
from reports.pdf.fitting import on_one_line
from reports.pdf.fonts import Face, text_width
from reports.pdf.shapes import draw_shape
from reports.pdf.structure import Element, Page
from reports.pdf.text import shortened
from reports.pdf.theme import BANNER, BANNER_EDGE, FURNITURE, HAIR, INK, LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, WIDTH

WHERE = "the foot of the page"
SEPARATOR = "  ·  "


def draw_furniture(canvas: Canvas, document: Document, banner: Element | None) -> None:
    """On all pages; `banner`: the element of the banner on the first one."""
    count = len(canvas.pages)
    for page in canvas.pages:
        with canvas.revisit(page):
            if document.banner:
                _banner(canvas, document.banner, banner if page.number == 1 else None)
            with canvas.artifact("/Type/Pagination/Subtype/Header"):
                _running_head(canvas, page.chapter or _title_after_first(document, page))
            with canvas.artifact("/Type/Pagination/Subtype/Footer"):
                _foot(canvas, document, page, count)


def _foot(canvas: Canvas, document: Document, page: Page, count: int) -> None:
    """The plan gives way where the line is too long; period, date and page always stand whole."""
    footer, type_ = document.footer, FURNITURE
    said = footer.page.replace("{page}", str(page.number)).replace("{pages}", str(count))
    number = shortened(said, Face.REGULAR, type_.size, WIDTH / 3, WHERE)
    number_width = text_width(number, Face.REGULAR, type_.size)
    rest = SEPARATOR.join(filter(None, (footer.period, footer.data_date)))
    rest = shortened(rest, Face.REGULAR, type_.size, WIDTH - number_width - 60, WHERE)
    room = WIDTH - number_width - 20 - text_width(f"{SEPARATOR}{rest}", Face.REGULAR, type_.size)
    plan = shortened(plain(footer.plan), Face.REGULAR, type_.size, room, WHERE)
    canvas.line(LEFT, 46, RIGHT, 46, 0.5, HAIR)
    text = SEPARATOR.join(filter(None, (plan, rest)))
    canvas.string(LEFT, 33, f"{text} ", Face.REGULAR, type_.size, type_.colour)
    canvas.string(RIGHT - number_width, 33, number, Face.REGULAR, type_.size, type_.colour)


def _title_after_first(document: Document, page: Page) -> str:
    """A brief has no chapters: its later pages carry its title."""
    return document.title if document.layout is Layout.BRIEF and page.number > 1 else ""


def _running_head(canvas: Canvas, words: str) -> None:
    if words:
        text = shortened(words, Face.REGULAR, FURNITURE.size, WIDTH, "the running head")
        canvas.string(LEFT, PAGE_HEIGHT - 41, f"{text} ", Face.REGULAR, FURNITURE.size, FURNITURE.colour)


def _banner(canvas: Canvas, words: str, element: Element | None) -> None:
    """A band at the upper edge of the page."""
    height = 19.0
    low = PAGE_HEIGHT - height
    where = "the banner"
    if element is not None:
        text = on_one_line(words, Face.SEMIBOLD, 8.5, WIDTH - 14, element, where)
    else:
        text = shortened(words, Face.SEMIBOLD, 8.5, WIDTH - 14, where)
    with canvas.artifact("/Type/Pagination"):
        canvas.rectangle(0, low, PAGE_WIDTH, height, BANNER)
        canvas.rectangle(0, low - 1, PAGE_WIDTH, 1, BANNER_EDGE)
        draw_shape(canvas, Signal.WARNING, LEFT + 4.5, low + height / 2, 4)
    scope = canvas.content(element) if element is not None else canvas.artifact("/Type/Pagination")
    with scope:
        canvas.string(LEFT + 14, low + height / 2 - 2.9, f"{text} ", Face.SEMIBOLD, 8.5, INK)
