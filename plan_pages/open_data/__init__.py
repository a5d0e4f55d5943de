"""The plan in the formats of open data: tables, the catalogue, the calendar of deadlines, the feed of changes."""
