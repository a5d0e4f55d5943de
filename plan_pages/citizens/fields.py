"""Fields in which a stranger writes: bounded, without signs that nobody sees. Markup is text and stays text."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# Marks that turn the direction of what follows, and others without width: they make a text read otherwise than it is.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_KEPT = frozenset("\n\t")
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


def has_unseen(text: str) -> bool:
    return bool(_UNSEEN.search(text)) or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text)


class Prose(forms.CharField):
    """Several lines. What nobody sees is left out; line ends are of one kind. A zero byte is refused by Django itself."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
        return "".join(
            sign for sign in text if sign in _KEPT or sign == "\0" or unicodedata.category(sign) not in ("Cc", "Cs")
        ).strip()


class OneLine(forms.CharField):
    """What could become a line of something else is refused, not mended: nobody types a line's end into a name."""

    default_error_messages = {"unseen": _("Write it on one line, without signs that cannot be seen.")}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if has_unseen(text):
            raise forms.ValidationError(self.error_messages["unseen"], code="unseen")
        return unicodedata.normalize("NFC", text)


class Mailbox(forms.EmailField):
    default_error_messages = {
        "required": _("Enter an email address, like name@example.com."),
        "invalid": _("Enter an email address, like name@example.com."),
    }

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        # Quoted names may hold anything, and nobody has such an address.
        if has_unseen(text) or '"' in text:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return text
