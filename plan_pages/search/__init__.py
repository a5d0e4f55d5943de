"""Search on the public site: entries of everything that can be found, written with what they speak of, and how they are
found. One way for SQLite and PostgreSQL: words are folded and stemmed here, the database only looks for them in a text.
"""
