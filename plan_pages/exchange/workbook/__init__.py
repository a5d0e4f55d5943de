"""The plan workbook, version 1 (an XLSX file): one file that holds a whole plan and its monitoring data.

`read` makes a plan of a file, or lists everything that is wrong with it; `write` makes a file of a plan. Reading what
was written gives the same plan, and writing that gives the same bytes. No database and no clock; formulas are never
evaluated. Columns beyond those of the published format (`columns` marks them as extra): of measures `milestones_*`,
`links`, `tags` (their writing: `lists`); of indicators `tolerance`, `threshold`, `method_*`, `next_update`; of values
`unavailable` (`yes`, with a note that says why); of progress `next_*`.

Not carried: the plan's stage, approval and amendments, addresses and identities, and what has left the plan.
"""

from plan_pages.exchange.workbook.read import Outcome, read
from plan_pages.exchange.workbook.write import write, write_as_sent
from plan_pages.spreadsheet.problems import Problem

__all__ = ["Outcome", "Problem", "read", "write", "write_as_sent"]
