"""Paragraphs → a tree of numbered items, each with its own responsibility, its text and its place."""

from __future__ import annotations

from lib.notices.reading.outline.builder import MOST, read
from lib.notices.reading.outline.pieces import CODE
from lib.notices.reading.outline.tree import Loose, Node, Outline, without

__all__ = ["CODE", "MOST", "Loose", "Node", "Outline", "read", "without"]
