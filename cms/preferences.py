"""How a reader wants the pages to look: size of the font, contrast. Kept in one cookie that says nothing about the person,
and read back strictly: whatever is not one of six known values is the ordinary look, so that caches hold six, not more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.choices import Choice

COOKIE = "reader"
COOKIE_SECONDS = 365 * 24 * 60 * 60


class FontSize(Choice):
    """Steps of a quarter; what the reader has set in the browser comes on top."""

    ORDINARY = "1", pgettext_lazy("size of the font", "Ordinary")
    LARGE = "2", pgettext_lazy("size of the font", "Large")
    LARGEST = "3", pgettext_lazy("size of the font", "Largest")


class Contrast(Choice):
    ORDINARY = "ordinary", pgettext_lazy("contrast", "Ordinary")
    HIGH = "high", _("High: light letters on black")


@dataclass(frozen=True, slots=True)
class Preferences:
    size: FontSize = FontSize.ORDINARY
    contrast: Contrast = Contrast.ORDINARY

    @classmethod
    def of_cookie(cls, written: str | None) -> Self:
        """What the cookie says; the ordinary look where it is missing or not ours."""
        size, _dash, contrast = (written or "").partition("-")
        try:
            return cls(FontSize(size), Contrast(contrast))
        except ValueError:
            return cls()

    def changed(self, wanted: Mapping[str, str]) -> Self:
        """With what a form asks for; what it does not name, or names wrongly, stays."""
        size, contrast = wanted.get("size", ""), wanted.get("contrast", "")
        return type(self)(
            FontSize(size) if size in set(FontSize) else self.size,
            Contrast(contrast) if contrast in set(Contrast) else self.contrast,
        )

    def __str__(self) -> str:
        return f"{self.size}-{self.contrast}"
