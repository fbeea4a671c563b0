"""One understanding of a grid of cells, for tables and for notices: headers, kinds of rows, merges."""
