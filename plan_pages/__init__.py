"""A city's strategic plan as Wagtail pages: chapters, monitoring, exchange. Knows nothing of reports or of a site."""
