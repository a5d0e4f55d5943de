"""XLSX files in and out, over zip and XML: sheets, rows and cells, whatever stands in them. Knows nothing of plans.

`archive` opens a file as if it came from an enemy, `reading` streams its rows, `decode` and `numbers` say what a cell
holds, `problems` says in words what is wrong and where; `writing` makes a file of tables.
"""
