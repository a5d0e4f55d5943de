"""The structured blocks of a chapter, one family a file: text, code, number, indicator, measure, task, goal."""
