"""Another municipality's site: plain Wagtail with our two apps and nothing of `cms`."""
