"""On which terms the data is given, by whom, about what place: what no plan says of itself. A site tells it in the setting
`PLAN_OPEN_DATA`; nothing has to be told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

_AUTHORITY = "http://publications.europa.eu/resource/authority"


@dataclass(frozen=True, slots=True)
class Terms:
    """`licence`, `place` and `themes`: addresses that programs know, of the European Union's vocabularies or Geonames;
    themes with their English names.

    `licence_page`: where people read the licence. `publisher`: names by language, else the plan's own municipality;
    `publisher_address`: its own site. `contact_address`, `contact_email`: else the page of the plan.
    """

    licence: str = f"{_AUTHORITY}/licence/CC_BY_4_0"
    licence_name: str = "CC BY 4.0"
    licence_page: str = "https://creativecommons.org/licenses/by/4.0/"
    publisher: Mapping[str, str] = field(default_factory=dict)
    publisher_address: str = ""
    place: str = ""
    themes: Mapping[str, str] = field(
        default_factory=lambda: {f"{_AUTHORITY}/data-theme/GOVE": "Government and public sector"}
    )
    contact_email: str = ""
    contact_address: str = ""


def terms() -> Terms:
    return Terms(**getattr(settings, "PLAN_OPEN_DATA", {}))
