"""A task: what must be solved to reach a goal, by which measures."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from plan_pages.blocks.code import CodeBlock
from plan_pages.blocks.indicator import IndicatorsBlock
from plan_pages.blocks.level import LevelBlock
from plan_pages.blocks.measure import MeasureBlock
from plan_pages.blocks.numbers import WeightBlock
from plan_pages.blocks.text import ProseBlock, TitleBlock


class TaskBlock(LevelBlock):
    code = CodeBlock()
    title = TitleBlock(label=_("Title"))
    description = ProseBlock(label=_("Description"))
    weight = WeightBlock()
    indicators = IndicatorsBlock()
    measures = blocks.StreamBlock([("measure", MeasureBlock())], label=_("Measures"), required=False, collapsed=True)

    class Meta:
        label = pgettext_lazy("of the plan", "Task")
        label_format = "{code} {title}"
        icon = "list-ul"
        template = "plan_pages/blocks/task_block.html"
