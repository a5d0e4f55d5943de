"""How a report that is out is called, and at which address its files lie."""

from uuid import UUID

from babel.dates import get_month_names
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages import formats
from plan_pages.choices import Frequency
from plan_pages.domain.periods import Period


def title_of(period: Period, language: str) -> str:
    """As in a sentence of its own: “2026 m. III ketvirčio ataskaita”."""
    values = {"year": period.year, "month": ""}
    match period.frequency:
        case Frequency.YEAR:
            text = pgettext("archive of reports", "Report of %(year)d")
        case Frequency.HALF:
            halves = (_("Report of the first half of %(year)d"), _("Report of the second half of %(year)d"))
            text = halves[period.number - 1]
        case Frequency.QUARTER:
            quarters = (
                _("Report of the first quarter of %(year)d"),
                _("Report of the second quarter of %(year)d"),
                _("Report of the third quarter of %(year)d"),
                _("Report of the fourth quarter of %(year)d"),
            )
            text = quarters[period.number - 1]
        case _:
            # The form that a month has within a date: in Lithuanian the genitive.
            values["month"] = get_month_names("wide", "format", formats.locale(language))[period.number]
            text = pgettext("archive of reports", "Report of %(month)s %(year)d")
    return text % values


def url_of(edition: UUID, name: str) -> str:
    """`edition`: its public id."""
    return reverse("reports_file", args=[edition, name])
