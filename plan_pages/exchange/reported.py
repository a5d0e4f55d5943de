"""Which periods a chapter has reported, judged by what a file holds of it."""

from dataclasses import replace

from plan_pages.domain.plan import Chapter


def with_reported(chapter: Chapter) -> Chapter:
    """A chapter has reported each period for which the file has anything of it: progress, or what an indicator came to
    (also that this is not available). Interim targets alone are plan, not report."""
    periods = {entry.period for measure in chapter.measures() for entry in measure.entries}
    for indicator in chapter.indicators():
        periods.update(value.period for value in indicator.values if value.actual is not None or value.unavailable)
    return replace(chapter, reported=tuple(sorted(periods)))
