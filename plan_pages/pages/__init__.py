"""Wagtail pages of a plan: the plan, its chapters, its working groups. They show what `reading` gives them."""
