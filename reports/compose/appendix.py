"""The rules by which the figures were computed, as the domain words them, and what they warn of in this plan."""

from plan_pages.domain import rules
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import pgettext
from reports.document import Block, Bullets, Heading, Item, Prose


def of_rules(basis: Basis) -> tuple[Block, ...]:
    """Warnings first: they are of this plan, the rules are always the same."""
    version = _("Every figure of this report follows these rules, version %(version)d.") % {"version": rules.VERSION}
    warnings = tuple(Item(rules.warning_text(warning)) for warning in basis.now.warnings())
    opening = version if warnings else " ".join((version, _("The calculation gives no warning.")))
    blocks: list[Block] = [Heading(1, _("How progress is calculated"), anchor="rules"), Prose((opening,))]
    if warnings:
        blocks += [Heading(2, _("Warnings about this plan")), Bullets(warnings)]
    blocks.append(Heading(2, pgettext("of the calculation", "Rules")))
    for rule in rules.RULES:
        number = "" if rule.number is None else str(rule.number)
        blocks += [Heading(3, rule.title, number=number), Prose(rule.paragraphs)]
    return tuple(blocks)
