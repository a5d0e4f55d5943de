"""The demonstration site: data kept in `cms/demo/`, turned into values, pages and rows here."""
