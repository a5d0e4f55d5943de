"""An indicator of a goal, a task or a measure."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from plan_pages.blocks.code import CodeBlock
from plan_pages.blocks.level import LevelBlock
from plan_pages.blocks.numbers import NumberBlock, YearBlock
from plan_pages.blocks.text import ProseBlock, TitleBlock
from plan_pages.blocks.vocabulary import VocabularyBlock
from plan_pages.choices import Aggregate, Direction, IndicatorKind


class IndicatorBlock(LevelBlock):
    code = CodeBlock()
    name = TitleBlock(label=gettext_lazy("Name"))
    unit = TitleBlock(label=gettext_lazy("Unit"), required=False)
    kind = VocabularyBlock(
        label=gettext_lazy("Kind"), choices=IndicatorKind.choices, default=IndicatorKind.OUTPUT.value
    )
    direction = VocabularyBlock(
        label=gettext_lazy("Direction"),
        choices=Direction.choices,
        required=False,
        help_text=gettext_lazy("Empty: towards the side on which the target lies."),
    )
    aggregate = VocabularyBlock(
        label=gettext_lazy("Worth after several periods"),
        choices=Aggregate.choices,
        default=Aggregate.LAST.value,
    )
    baseline = NumberBlock(label=gettext_lazy("Baseline"))
    baseline_year = YearBlock(label=gettext_lazy("Year of the baseline"))
    target = NumberBlock(label=gettext_lazy("Target"))
    target_year = YearBlock(label=gettext_lazy("Year of the target"))
    tolerance = NumberBlock(
        label=gettext_lazy("Tolerance"),
        min_value=0,
        help_text=gettext_lazy("For “maintain”: how far from the target still counts as kept, in the unit."),
    )
    threshold = NumberBlock(
        label=gettext_lazy("Trend threshold"),
        min_value=0,
        help_text=gettext_lazy("The smallest change that counts as improving or worsening, in the unit."),
    )
    method = ProseBlock(label=gettext_lazy("Method"))
    source = ProseBlock(label=gettext_lazy("Source"))
    next_update = blocks.DateBlock(label=gettext_lazy("Next update"), required=False)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        baseline_year, target_year = value.get("baseline_year"), value.get("target_year")
        if baseline_year and target_year and target_year < baseline_year:
            raise blocks.StructBlockValidationError(
                {"target_year": ValidationError(_("The target's year is before the baseline's."))}
            )
        return value

    class Meta:
        label = gettext_lazy("Indicator")
        label_format = "{code} {name}"
        icon = "thumbtack"
        template = "plan_pages/blocks/indicator_block.html"


class IndicatorsBlock(blocks.StreamBlock):
    """A list of indicators; a StreamBlock because its children keep their ids through the content API."""

    indicator = IndicatorBlock()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"required": False, "label": gettext_lazy("Indicators"), **kwargs})

    class Meta:
        collapsed = True
