"""Numbers of blocks: decimals, never floats; weights are not negative and have up to 12 decimal places."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class NumberBlock(blocks.DecimalBlock):
    """An optional exact number of at most 24 digits, 12 of them after the point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_digits": 24, "decimal_places": 12, **kwargs})


class WeightBlock(NumberBlock):
    """How much this counts beside its siblings. Empty among all siblings: they count alike."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Weight"),
                "help_text": _("How much it counts beside the others of its kind. Leave empty where all count alike."),
                "validators": [MinValueValidator(Decimal(0))],
                **kwargs,
            }
        )


class YearBlock(blocks.IntegerBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "min_value": 1900, "max_value": 2200, **kwargs})
