"""An invented measure table of any size: words, names, columns, and the table of them."""
