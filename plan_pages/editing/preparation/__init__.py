"""Preparing a plan's draft: rounds of remarks, remarks and their answers, requests for information; deeds and screens."""
