"""The overview's questions, asked of the product, of DuckDB and of polars: see `__main__`."""
