"""Django's gettext with its types said, for the strictly checked modules around. Texts are in the active language."""

from django.utils import translation


def gettext(message: str) -> str:
    return str(translation.gettext(message))


def ngettext(one: str, many: str, count: int) -> str:
    return str(translation.ngettext(one, many, count))


def pgettext(context: str, message: str) -> str:
    return str(translation.pgettext(context, message))
