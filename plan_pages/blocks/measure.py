"""A measure: what is done, by whom, from when to when; its milestones, decisions and indicators."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from plan_pages.blocks.code import CodeBlock
from plan_pages.blocks.indicator import IndicatorsBlock
from plan_pages.blocks.level import LevelBlock
from plan_pages.blocks.numbers import WeightBlock
from plan_pages.blocks.text import ProseBlock, TitleBlock

NAME_LENGTH = 500


class MilestoneBlock(blocks.StructBlock):
    title = TitleBlock(label=gettext_lazy("Title"))
    date = blocks.DateBlock(label=gettext_lazy("Date"), required=False)

    class Meta:
        label = gettext_lazy("Milestone")
        label_format = "{date} {title}"
        icon = "calendar-check"


class DecisionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=NAME_LENGTH)
    url = blocks.URLBlock(label=gettext_lazy("Address"), max_length=2000)

    class Meta:
        label = gettext_lazy("Council decision")
        label_format = "{title}"
        icon = "link"


class MeasureBlock(LevelBlock):
    code = CodeBlock()
    title = TitleBlock(label=gettext_lazy("Title"))
    description = ProseBlock(label=gettext_lazy("Description"))
    responsible = blocks.CharBlock(label=gettext_lazy("Responsible body"), required=False, max_length=NAME_LENGTH)
    partners = blocks.TextBlock(
        label=gettext_lazy("Partners"), required=False, rows=2, help_text=gettext_lazy("One a line.")
    )
    start = blocks.DateBlock(label=gettext_lazy("Start"), required=False)
    end = blocks.DateBlock(label=gettext_lazy("End"), required=False, help_text=gettext_lazy("The last day."))
    weight = WeightBlock()
    milestones = blocks.StreamBlock(
        [("milestone", MilestoneBlock())], label=gettext_lazy("Milestones"), required=False, collapsed=True
    )
    decisions = blocks.StreamBlock(
        [("decision", DecisionBlock())], label=gettext_lazy("Council decisions"), required=False, collapsed=True
    )
    tags = blocks.TextBlock(
        label=gettext_lazy("Tags"),
        required=False,
        rows=2,
        help_text=gettext_lazy("Sustainable development goals, wards. One a line."),
    )
    indicators = IndicatorsBlock()

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        start, end = value.get("start"), value.get("end")
        if start and end and end < start:
            raise blocks.StructBlockValidationError({"end": ValidationError(_("The end is before the start."))})
        return value

    class Meta:
        label = gettext_lazy("Measure")
        label_format = "{code} {title}"
        icon = "tasks"
        template = "plan_pages/blocks/measure_block.html"
