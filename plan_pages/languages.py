"""The site's languages, and texts kept one column a language. Knows settings, but no model of ours."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname


def language_codes() -> list[str]:
    """Codes of the site's languages, the default one first."""
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(codes, key=lambda code: code != settings.LANGUAGE_CODE)


def active_language() -> str:
    """The language of whoever reads now; outside of any, the site's first."""
    return get_language() or settings.LANGUAGE_CODE


def ordered(texts: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The same texts, the site's languages first in their order: a database may have stored them in another."""
    known = {code: texts[code] for code in languages if texts.get(code)}
    return known | {code: text for code, text in texts.items() if code not in known and text}


def field_texts(instance: Any, name: str) -> dict[str, str]:
    """A translated field as a mapping of language to text, without the empty ones."""
    found = {code: getattr(instance, build_localized_fieldname(name, code)) or "" for code in language_codes()}
    return {code: text for code, text in found.items() if text}
