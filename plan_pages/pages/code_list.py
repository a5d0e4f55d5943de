"""Codes that an editor writes in one line: "E-1.1-1, R-2.3"."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def codes_in(written: str) -> list[str]:
    """In their order, each once."""
    return list(dict.fromkeys(part for part in re.split(r"[\s,;]+", written) if part))


def check_codes(written: str, known: Iterable[str], most: int) -> str:
    """The same in one spelling. Raises ValidationError for codes that nothing has, and for too many."""
    codes, there = codes_in(written), set(known)
    unknown = [code for code in codes if code not in there]
    if unknown:
        raise ValidationError(_("The plan has nothing with this code: %(codes)s.") % {"codes": ", ".join(unknown)})
    if len(codes) > most:
        raise ValidationError(_("At most %(most)d codes can be named here.") % {"most": most})
    return ", ".join(codes)
