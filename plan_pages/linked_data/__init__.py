"""What a page says of itself to programs (JSON-LD, schema.org)."""
