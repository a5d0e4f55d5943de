"""Tests. openpyxl writes otherwise where lxml happens to be installed; here it is the same everywhere."""

import os

os.environ["OPENPYXL_LXML"] = "False"
