"""Which texts a query finds: by Chinese, pinyin, initials, either writing, Latin and digits."""

from lib.search.query import LONGEST_QUERY, counted, find

__all__ = ["LONGEST_QUERY", "counted", "find"]
