"""Which texts a query finds, by Chinese, pinyin, initials, either writing, and their order."""

from lib.search.collation import places
from lib.search.query import LONGEST_QUERY, counted, find

__all__ = ["LONGEST_QUERY", "counted", "find", "places"]
