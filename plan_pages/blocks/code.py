"""The code of a goal, task, measure or indicator: what is well formed, and how it is compared."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

CODE_LENGTH = 40
# Codes are part of addresses and of file names: no blanks, no slashes.
_WELL_FORMED = re.compile(r"[^\W_](?:[\w.\-]*[^\W_])?")


def check_code(code: str) -> str:
    """The code in Unicode NFC, trimmed. Raises ValidationError when it is not well formed."""
    code = unicodedata.normalize("NFC", code.strip())
    if not _WELL_FORMED.fullmatch(code):
        raise ValidationError(
            _("“%(code)s” is not a code: use letters and digits with dots or hyphens between them, for example 1.2.3."),
            code="malformed",
            params={"code": code},
        )
    return code


class CodeBlock(blocks.CharBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": gettext_lazy("Code"), "max_length": CODE_LENGTH, **kwargs})

    def clean(self, value: str) -> str:
        value = super().clean(value)
        return check_code(value) if value else value
