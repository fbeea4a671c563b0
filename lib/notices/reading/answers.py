"""Who answers for each item of an outline: its labels say so, or else its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from lib.measures.vocabulary import CLAUSES
from lib.notices.reading.claims import sentences
from lib.notices.reading.claims.claim import (
    Claim,
    fields_of,
    has_deadline,
    has_lead,
    has_who,
)
from lib.notices.reading.outline import Node

_CLOSING: Final = tuple(CLAUSES["closing"])
_STRENGTHENED: Final = re.compile(r"^(?:进一步|切实|持续|全面|不断)")
_BYLAW: Final = re.compile(r"负责解释|解释权|施行|之日起(?:执行|实施|生效)|未尽事宜|同时废止")
_HEADING: Final = 24  # characters of an item in which it says that it closes a list
_FIRST_WORDS: Final = 10  # of these, the first in which the word for it stands
_FIRST_WORDS_OF_MEASURE: Final = 12


class Answers:
    """The claims of each item."""

    def __init__(self, root: Node) -> None:
        self._own: dict[int, list[Claim]] = {}
        self._answered: set[int] = set()
        nodes = list(root.walk())
        spoken = self._spoken(nodes)
        several = len(spoken) > 1 or any(has_who(node.claims) for node in nodes)
        for node in nodes:
            own = list(node.claims)
            said = spoken.get(id(node), [])
            if several or has_deadline(said):
                labelled = fields_of(own)
                own += [claim for claim in said if claim.field not in labelled]
            self._own[id(node)] = own
        for node in reversed(nodes):
            if has_who(self.own(node)) or node.group or any(map(self.is_answered, node.children)):
                self._answered.add(id(node))

    def own(self, node: Node) -> list[Claim]:
        """An item's own claims."""
        return self._own[id(node)]

    def is_answered(self, node: Node) -> bool:
        """Whether it is said who answers for an item, or for one below it."""
        return id(node) in self._answered

    def _spoken(self, nodes: Sequence[Node]) -> dict[int, list[Claim]]:
        """What the sentences of items say that no label names a lead for."""
        closing = _closing(nodes)
        spoken: dict[int, list[Claim]] = {}
        for node in nodes:
            if node.parent is None or has_lead(node.claims) or id(node) in closing:
                continue
            claims = _of_sentences(node)
            if claims:
                spoken[id(node)] = claims
        return spoken


def _closing(nodes: Iterable[Node]) -> set[int]:
    """Items under a heading like 组织领导, and by-laws: their sentences make no measure."""
    closing: set[int] = set()
    for node in nodes:
        below = node.parent is not None and id(node.parent) in closing
        if below or _is_closing_title(node) or _BYLAW.search(node.folded):
            closing.add(id(node))
    return closing


def _is_closing_title(node: Node) -> bool:
    words = _STRENGTHENED.sub("", node.folded[:_HEADING])
    return words.startswith(_CLOSING) or _has_closing_word(words[:_FIRST_WORDS])


def _has_closing_word(words: str) -> bool:
    return any(word in words for word in _CLOSING)


def closes_list(node: Node) -> bool:
    """Whether an item is no measure even where it would inherit who answers."""
    if _has_closing_word(node.folded[:_FIRST_WORDS_OF_MEASURE]):
        return True
    return _BYLAW.search(node.folded) is not None


def _of_sentences(node: Node) -> list[Claim]:
    """Of several sentences that name somebody the first counts for each field; to be checked."""
    first: dict[str, Claim] = {}
    for part in node.parts:
        for claim in sentences.read(part):
            before = first.setdefault(claim.field, claim)
            if before.names != claim.names:
                first[claim.field] = replace(before, sure=False)
    return list(first.values())
