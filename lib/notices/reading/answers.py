"""Who answers for each item of an outline: its labels say so, or else its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from lib.measures.vocabulary import CLAUSES
from lib.notices.reading.claims import headings, sentences
from lib.notices.reading.claims.claim import (
    Claim,
    Claims,
    fields_of,
    has_deadline,
    has_lead,
    has_who,
)
from lib.notices.reading.outline import Node

_ClaimsByNode = dict[int, Claims]

_CLOSING: Final = tuple(CLAUSES["closing"])
_STRENGTHENED: Final = re.compile(r"^(?:进一步|切实|持续|全面|不断)")
_BYLAW: Final = re.compile(r"负责解释|解释权|施行|之日起(?:执行|实施|生效)|未尽事宜|同时废止")
_OTHERS: Final = re.compile("其[他它](?:事项|工作|要求)? *$")
_FEWEST_OFFICES: Final = 3
_HEADING: Final = 24  # characters of an item in which it says that it closes a list
_FIRST_WORDS: Final = 10  # of these, the first in which the word for it stands
_FIRST_WORDS_OF_MEASURE: Final = 12


class Answers:
    """The claims of each item."""

    def __init__(self, root: Node) -> None:
        self._claims: dict[int, Claims] = {}
        self._answered: set[int] = set()
        nodes = list(root.walk())
        self._give_claims(nodes, _offices(root))
        for node in reversed(nodes):  # those below an item before it
            if self._is_told(node) or any(map(self.is_answered, node.children)):
                self._answered.add(id(node))

    def _is_told(self, node: Node) -> bool:
        """Whether it is said who answers for an item itself, or that it is a measure."""
        if node.said or node.group:
            return True
        return has_who(self.own(node))

    def own(self, node: Node) -> Claims:
        """An item's own claims."""
        return self._claims[id(node)]

    def is_answered(self, node: Node) -> bool:
        """Whether it is said who answers for an item, or for one below it, or that it is a measure."""
        return id(node) in self._answered

    def _give_claims(self, nodes: Sequence[Node], offices: _ClaimsByNode) -> None:
        """Give each item what its labels say, and its sentences beside them, or else its office."""
        spoken = _spoken(nodes)
        are_several = len(spoken) > 1 or any(has_who(node.claims) for node in nodes)
        for node in nodes:
            key = id(node)
            claims = list(node.claims)
            in_sentences = spoken.get(key, [])
            if are_several or has_deadline(in_sentences):
                labelled = fields_of(claims)
                claims += [claim for claim in in_sentences if claim.field not in labelled]
            self._claims[key] = claims or offices.get(key, [])


def _spoken(nodes: Sequence[Node]) -> _ClaimsByNode:
    """What the sentences of items say that no label names a lead for."""
    closing = _closing(nodes)
    spoken: _ClaimsByNode = {}
    for node in nodes:
        is_closing = id(node) in closing
        if node.parent is None:
            continue
        if is_closing:
            continue
        if has_lead(node.claims):
            continue
        claims = _of_sentences(node)
        if claims:
            spoken[id(node)] = claims
    return spoken


def _offices(root: Node) -> _ClaimsByNode:
    """Items that are headed by an office each and say nothing else of who answers: it does.

    一、教务处 and below it what it has to do; 五、其他 may be among them.
    """
    offices: _ClaimsByNode = {}
    for node in root.walk():
        numbered = [child for child in node.children if child.mark]
        headed: _ClaimsByNode = {}
        for child in numbered:
            claims = _office(child)
            if claims:
                headed[id(child)] = claims
        are_most = len(headed) * 3 >= len(numbered) * 2
        if are_most and len(headed) >= _FEWEST_OFFICES:
            offices |= headed
    return offices


def _office(node: Node) -> Claims:
    """The office alone that an item begins with, if more words come after it."""
    says_more = len(node.parts) > 1 or bool(node.children)
    if not says_more:
        return []
    if any(has_who(below.claims) for below in node.walk()):
        return []
    named = headings.offices(node.parts[0])
    return [replace(claim, field="departments", sure=False) for claim in named]


def _closing(nodes: Iterable[Node]) -> set[int]:
    """Items under a heading like 组织领导, and by-laws: their sentences make no measure."""
    closing: set[int] = set()
    for node in nodes:
        is_below_closing = id(node.parent) in closing
        is_bylaw = _BYLAW.search(node.folded) is not None
        if is_below_closing or is_bylaw or _is_closing_title(node):
            closing.add(id(node))
    return closing


def _is_closing_title(node: Node) -> bool:
    words = _STRENGTHENED.sub("", node.folded[:_HEADING])
    if words.startswith(_CLOSING):
        return True
    return _has_closing_word(words[:_FIRST_WORDS])


def _has_closing_word(words: str) -> bool:
    return any(word in words for word in _CLOSING)


def closes_list(node: Node) -> bool:
    """Whether an item is no measure even where it would inherit who answers."""
    folded = node.folded
    if _has_closing_word(folded[:_FIRST_WORDS_OF_MEASURE]):
        return True
    if _OTHERS.match(folded):
        return True
    return _BYLAW.search(folded) is not None


def _of_sentences(node: Node) -> Claims:
    """Of several sentences that name somebody the first counts for each field; to be checked."""
    first: dict[str, Claim] = {}
    for part in node.parts:
        for claim in sentences.read(part):
            before = first.setdefault(claim.field, claim)
            if before.names != claim.names:
                first[claim.field] = replace(before, sure=False)
    return list(first.values())
