"""The spreadsheet way of reporting: a return, or a period's indicators of the whole plan, as a workbook that a person
fills in and uploads; a preview of what would change; taken in or discarded.

`book` is what stands in a workbook, made by `of_return` and `of_plan` and laid out by `layout`; `marks` is the signed,
hidden sheet by which an uploaded file is known again; `reading` lists what a file changes; `proposal` holds that
against what is stored now; the screens are `editing.workbook_views`. The deeds are `editing.returns`' own.
"""
