"""StratML (ISO 17469): Part 1, strategic plans, and Part 2, performance plans and reports; one file a language.

`read` makes a plan of a file and says in warnings, line by line, what it had to mend, or refuses it in words; `write`
makes a file of a plan. Writing what was read from our own file gives the same bytes. No database and no clock; no
declaration of a document type is ever followed.

What StratML has no element for stands as lines `Word: value` in OtherInformation (`facts`): chapters, weights, dates of
measures, what else an indicator has. The words are English in every language, as those of the format itself are.
Codes stand in identifiers (`identifiers`); a file without ours is numbered by its SequenceIndicators.

Not carried: progress of measures, milestones, links, tags, chapters without goals, stage and approval, remits of
groups; and by Part 1, no indicators and no money.
"""

from plan_pages.exchange.stratml.notes import Outcome
from plan_pages.exchange.stratml.read import looks_like_xml, read
from plan_pages.exchange.stratml.write import NoGoals, write

__all__ = ["NoGoals", "Outcome", "looks_like_xml", "read", "write"]
