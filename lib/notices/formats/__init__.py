"""Documents as blocks: one module a format, and `document`, which tells them apart."""
