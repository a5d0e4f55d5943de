"""The funds from which measures are paid. A host site may name its own in the setting `PLAN_FUNDS`: code to label."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Lithuanian municipal usage.
DEFAULT_FUNDS = {
    "SB": _("Municipal budget"),
    "VB": _("State budget"),
    "ES": _("European Union funds"),
    "KT": _("Other funds"),
}


def funds() -> Mapping[str, str | Promise]:
    """Code to label, in the order in which money is shown."""
    return getattr(settings, "PLAN_FUNDS", DEFAULT_FUNDS)
