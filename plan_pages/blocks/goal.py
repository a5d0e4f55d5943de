"""A goal with its tasks: the top of a chapter's structured blocks."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from plan_pages.blocks.code import CodeBlock
from plan_pages.blocks.indicator import IndicatorsBlock
from plan_pages.blocks.level import LevelBlock
from plan_pages.blocks.numbers import WeightBlock
from plan_pages.blocks.task import TaskBlock
from plan_pages.blocks.text import ProseBlock, TitleBlock


class GoalBlock(LevelBlock):
    code = CodeBlock()
    title = TitleBlock(label=_("Title"))
    description = ProseBlock(label=_("Description"))
    weight = WeightBlock()
    indicators = IndicatorsBlock()
    tasks = blocks.StreamBlock(
        [("task", TaskBlock())], label=pgettext_lazy("of the plan", "Tasks"), required=False, collapsed=True
    )

    class Meta:
        label = _("Goal")
        label_format = "{code} {title}"
        icon = "crosshairs"
        template = "plan_pages/blocks/goal_block.html"


class GoalsBlock(blocks.StreamBlock):
    """`ChapterPage.goals`: goals with tasks with measures, each with indicators."""

    goal = GoalBlock()

    class Meta:
        required = False
        collapsed = True
