"""Which texts a query finds: by Chinese, pinyin, initials, either writing, Latin text and digits.

A query is compiled to a small automaton whose steps are *sets of characters* (組 for 组, every zu, every z…), and
the automaton runs over all texts at once in NumPy. A regular expression of the same sets was tried first: with six
initials RE2's table of states overflows, and a million titles take 11 s instead of 0.3 s. Here the cost hardly
depends on the query, and nothing about a query can be too large.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from opencc import OpenCC

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Bools = npt.NDArray[np.bool_]

LONGEST_QUERY = 100
_CHUNK_TEXTS, _CHUNK_BYTES = 1 << 16, 1 << 24
_BETWEEN_TEXTS = 0x110000  # one above the last code point: no set holds it
_ANYWHERE, _FIRST, _LATER, _END = range(4)  # the states that every automaton has

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TONES = {"\u0300", "\u0301", "\u0304", "\u030c"}
_APOSTROPHES = "'’\u02bc"
_LETTER = re.compile("[A-Za-züÜ]")
_TOKEN = re.compile(rf"[A-Za-züÜ]+(?:[{_APOSTROPHES}][A-Za-züÜ]+)*|.", re.DOTALL)
_PASSED_OVER = " \u3000\t·・•‧，、。：；！？“”‘’（）《》〈〉【】〔〕「」—–-…,.:;!?\"'()[]/／&+"

# How a character reads as a surname where pypinyin lists several readings. Written for this board after the usual
# readings of the surnames (《百家姓》,《现代汉语词典》), because pypinyin brings no table of surnames.
_SURNAMES = """
wu吴毋 wang王汪 feng冯封 chu褚 shen沈慎莘 zhu朱祝竺 xu许 shi施石 tao陶 qi戚祁齐 bai柏白 pan潘 peng彭 fang方房
yu俞余於 ren任 ni倪 tang汤 yin殷尹印 hao郝 yue乐越 yu于 bian卞 bu卜 ping平 he和霍贺 yao姚幺 zhan湛詹占 di狄
ming明 zang臧藏 shu舒术 qu屈瞿 dong董 du杜都堵 ruan阮 lan蓝 qiang强 jia贾家 lu路陆逯六芦 tong童 sheng盛 xia夏
cai蔡 huo霍 wan万宛 zhi支 mo莫墨 miao缪 gan干甘 xie解颉 ding丁 ben贲 deng邓 shan单 hang杭 bao包暴 ji嵇姬籍暨纪
xing邢 hua滑华 pei裴 zhen甄 rui芮 mi糜宓 jiao焦 wei隗蔚尉 gu谷古 che车 xi郗 yang仰 ning宁 qiu仇 dou钭 rong戎容
zu祖 jing景 ye叶 xing幸 si司 bo薄 su宿 huai怀 pu蒲 cong从 xian咸冼洗 chi池 nai能佴 zhai翟祭 pang逄 fu扶 ran冉
shang尚 wen温 zhuang庄 chai柴 ai艾 ju居鞠 kuang匡 guang广 chao晁 leng冷 kan阚 na那 zeng曾 sha沙 nie乜 zha查扎
hong红 you游有 ge盖 tu涂 kang亢 mu牟 bo伯 ha哈 nian年粘 yan言 ou区 piao朴 qin覃 chong种重 she折 shao召 hui会
bi秘 yun员 po繁 huan郇 juan隽 qie郄 shui税 yuan苑 tan檀 se色 xin信 jie揭 jiang降 dao刀 mao冒 hua化 da达 xing行
a阿 li栗 di底 xiao校 guo过 yan燕 nan难南 hou侯 ying应 zi訾
"""
# Compound surnames whose first character reads differently in them than alone. One of them may also be a single
# surname and a given name (单 + 于飞), so both readings find it.
_COMPOUNDS = (
    "尉迟 yu chi,单于 chan yu,万俟 mo qi,长孙 zhang sun,鲜于 xian yu,澹台 tan tai,"
    "令狐 ling hu,宰父 zai fu,亓官 qi guan,仇尼 qiu ni"
)

# The words that one character stands for in the name of a merged department (组宣部 is 组织部 and 宣传部 in one),
# by their initials.
_WORDS = {
    "zz": "组织", "xc": "宣传", "tz": "统战", "jj": "纪检 经济", "rs": "人事", "cw": "财务", "sj": "审计",
    "jy": "教育", "wh": "文化", "ty": "体育", "ws": "卫生", "kj": "科技", "bz": "保障", "ld": "劳动",
    "sc": "生产", "fl": "法律", "jc": "监察", "xx": "信息", "aq": "安全", "wl": "网络", "yj": "研究",
    "dy": "调研", "ll": "联络", "qn": "青年", "ng": "女工", "wq": "维权",
}  # fmt: skip
_UNITS = {"b": "部办", "s": "室", "c": "处", "k": "科", "j": "局", "w": "委"}


def find(query: str, texts: pa.Array, *, kind: str = "text") -> Bools:
    """Tell which of `texts` the query finds.

    One boolean for each text; a null is found only by the blank query, which finds everything. Spaces separate
    terms that must all be found, in any order. A term is found where its characters stand one after the other: a
    Chinese character in either writing, letters as they stand (either case and width), as initials, or as pinyin
    from the beginning of a syllable (`zuzhib`, `zhangh`; ü is v or u; letters that begin no syllable are initials:
    `zhangsj`). A character with several readings is found by each.

    `kind` is "text", "name" (a department, a section) or "person". A person's first character reads as a surname
    only: 单 is shan, not dan. A *name* of a merged department also answers to the initials of each department
    merged in it: `zzb` and `xcb` find 组宣部, which is 组织部 and 宣传部 in one, unless a text of `texts` has
    组织部 itself: an exact hit wins. Nothing else is fuzzy, so `zzb` does not find 资产部.

    Readings are pypinyin's, writings OpenCC's. Of a query only the first 100 characters count.
    """
    found = np.ones(len(texts), dtype=np.bool_)
    for term in dict.fromkeys(query[:LONGEST_QUERY].translate(_HALF_WIDTH).split()):
        left = np.flatnonzero(found)
        part = texts if left.size == found.size else texts.take(pa.array(left))
        found[left] = _holds(term, part, kind)
    return found


def _holds(term: str, texts: pa.Array, kind: str) -> Bools:
    found = _Automaton.of(term, person=kind == "person").run(texts)
    if kind == "name" and re.fullmatch(r"[A-Za-z]{3}", term):
        found |= _merged(term.lower(), texts)
    return found


def _merged(initials: str, texts: pa.Array) -> Bools:
    """Tell which names are merged departments that answer to the initials: 组宣部 to zzb, where no 组织部 is."""
    found = np.zeros(len(texts), dtype=np.bool_)
    units = _codes(map(_writing, _UNITS.get(initials[2], "")))
    for word in _WORDS.get(initials[:2], "").split() if units.size else ():
        whole = _Automaton()
        whole.path(_ANYWHERE, _END, [_writing(word[0]), _writing(word[1]), units])
        if not whole.run(texts).any():
            found |= _abbreviated(_writing(word[0]), units).run(texts)
    return found


def _abbreviated(own: Ints, units: Ints) -> _Automaton:
    """Find `own` among the abbreviations that stand before a unit, at least two of them: 组宣部, 宣教部, not 组部."""
    others = _codes(_writing(word[0]) for words in _WORDS.values() for word in words.split())
    automaton = _Automaton()
    before, behind = automaton.state(others), automaton.state(others)
    automaton.path(_ANYWHERE, before, [others])
    automaton.path(before, _END, [own, units])
    automaton.path(_ANYWHERE, behind, [own, others])
    automaton.path(behind, _END, [units])
    return automaton


class _Automaton:
    """States, and from each the sets of characters that lead on; many texts go through it at once."""

    def __init__(self) -> None:
        self.steps: list[list[tuple[Bools, int]]] = [[], [], [], []]
        self._tables: dict[bytes, Bools] = {}

    @classmethod
    def of(cls, term: str, *, person: bool) -> _Automaton:
        """The automaton that finds a term: its tokens one behind the other."""
        automaton, words = cls(), _word_writings(term)
        starts = [_FIRST, _LATER] if person else [_ANYWHERE]
        for match in _TOKEN.finditer(term):
            token, at = match[0], match.start()
            end = (
                _END
                if match.end() == len(term)
                else automaton.state(_passed_over() if person else None)
            )
            for start in starts:
                if _LETTER.match(token):
                    _Letters(automaton, token, surname=start == _FIRST).between(start, end)
                else:
                    automaton.path(
                        start,
                        end,
                        [_codes([_writing(token), *(_codes(word[at]) for word in words)])],
                    )
            starts = [end]
        return automaton

    def state(self, stay: Ints | None = None) -> int:
        """A new state, which the characters of `stay` don't leave."""
        self.steps.append([])
        state = len(self.steps) - 1
        if stay is not None:
            self.path(state, state, [stay])
        return state

    def path(self, start: int, end: int, sets: Sequence[Ints], stay: Ints | None = None) -> None:
        """Lead from start to end through one character of each set."""
        for number, characters in enumerate(sets, 1):
            ahead = end if number == len(sets) else self.state(stay)
            table = self._table(characters)
            if not any(known is table and to == ahead for known, to in self.steps[start]):
                self.steps[start].append((table, ahead))
            start = ahead

    def _table(self, characters: Ints) -> Bools:
        """Whether a code point is in the set; one table for equal sets, because a long query repeats few."""
        key = characters.tobytes()
        if key not in self._tables:
            self._tables[key] = _table(characters)
        return self._tables[key]

    def run(self, texts: pa.Array) -> Bools:
        """Which texts hold a way from a start to the end. Pieces of 65,536 texts stay in the processor's cache."""
        size = int(max(1, min(_CHUNK_TEXTS, _CHUNK_BYTES * len(texts) // (texts.nbytes + 1))))
        pieces = [self._run(texts.slice(at, size)) for at in range(0, len(texts), size)]
        return np.concatenate([np.zeros(0, dtype=np.bool_), *pieces])

    def _run(self, texts: pa.Array) -> Bools:
        codes, ends = _code_points(texts)
        firsts = np.append(0, ends[:-1] + 1)
        arrived = np.zeros(codes.size + 1, dtype=np.bool_)
        here = self._begin(codes, firsts)
        for _ in range(
            2 * len(self.steps)
        ):  # a way as long as the query, with as many characters passed over
            here = self._step(codes, here, arrived)
        return np.asarray(np.logical_or.reduceat(arrived[1:], firsts))

    def _begin(self, codes: Codes, firsts: Ints) -> dict[int, Ints]:
        inside = _table(_NOWHERE)
        for table, _ in self.steps[_ANYWHERE] + self.steps[_LATER]:
            inside |= table
        at = np.flatnonzero(inside[codes])
        later = np.setdiff1d(at, firsts, assume_unique=True) if self.steps[_LATER] else _NOWHERE
        return {_ANYWHERE: at, _FIRST: firsts, _LATER: later}

    def _step(self, codes: Codes, here: dict[int, Ints], arrived: Bools) -> dict[int, Ints]:
        """Go on by one character from all places at once; where a way ends, mark the place behind it."""
        ahead: dict[int, list[Ints]] = defaultdict(list)
        for state, at in here.items():
            characters = codes[at]
            for table, target in self.steps[state]:
                hits = at[table[characters]] + 1
                if target == _END:
                    arrived[hits] = True
                elif hits.size:
                    ahead[target].append(hits)
        return {
            state: ways[0] if len(ways) == 1 else np.unique(np.concatenate(ways))
            for state, ways in ahead.items()
        }


_NOWHERE: Ints = np.zeros(0, dtype=np.int64)


def _code_points(texts: pa.Array) -> tuple[Codes, Ints]:
    """All texts as one array of code points, each closed by `_BETWEEN_TEXTS`, and where these stand."""
    texts = texts.cast(pa.string()).fill_null("")
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    ends = np.cumsum(lengths + 1) - 1
    together = pa.ListArray.from_arrays(pa.array([0, len(texts)], pa.int32()), texts)
    joined: str = pc.binary_join(together, "\n")[0].as_py()
    codes = np.empty(ends[-1] + 1, dtype=np.uint32)
    codes[:-1] = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    codes[ends] = _BETWEEN_TEXTS
    return codes, ends


class _Letters:
    """A run of Latin letters: as it stands, as initials, as syllables."""

    def __init__(self, automaton: _Automaton, run: str, *, surname: bool) -> None:
        self.automaton, self.run, self.surname = automaton, run, surname
        plain = re.sub("(?<=[jqxy])v", "u", run.lower().replace("ü", "v"))
        parts = re.split(f"[{_APOSTROPHES}]", plain)
        self.letters = "".join(parts)
        self.breaks = {int(at) for at in np.cumsum([len(part) for part in parts])}

    def between(self, start: int, end: int) -> None:
        """Lead from start to end in each of the three ways."""
        self.automaton.path(start, end, [_writing(c) for c in self.run])
        initials = [_begin_with(c, self.surname and at == 0) for at, c in enumerate(self.letters)]
        self._by_sound(
            start,
            end,
            [np.append(s, _writing(c)) for s, c in zip(initials, self.letters, strict=True)],
        )
        self._syllables(start, end)
        if self.surname:
            self._compound_initials(start, end)

    def _by_sound(self, start: int, end: int, sets: Sequence[Ints]) -> None:
        self.automaton.path(start, end, sets, _passed_over())

    def _syllables(self, start: int, end: int) -> None:
        """Cut the letters into syllables in every way, or in those that leave the fewest letters over."""
        size = len(self.letters)
        ways = [self._pieces(at) for at in range(size)]
        over = [0] * (size + 1)
        for at in reversed(range(size)):
            over[at] = min(cost + over[to] for to, cost in ways[at])
        states = {0: start, size: end}
        for at in range(size):
            for to, cost in ways[at] if at in states else ():
                if over[at] == cost + over[to]:
                    states[to] = (
                        states[to] if to in states else self.automaton.state(_passed_over())
                    )
                    self._piece(states[at], states[to], (at, to), cost)
        if self.surname:
            self._compounds(states)

    def _pieces(self, at: int) -> list[tuple[int, int]]:
        """Where a piece that begins at `at` may end, and how many letters it leaves over."""
        stop = min([to for to in self.breaks if to > at])
        ends = [to for to in range(at + 1, min(stop, at + 6) + 1) if self._is_whole(at, to)]
        return [(to, 0) for to in ends] + [(at + 1, 1)]

    def _is_whole(self, at: int, to: int) -> bool:
        piece = self.letters[at:to]
        return piece in _syllables() or (to == len(self.letters) and _begin_with(piece).size > 0)

    def _piece(self, start: int, end: int, span: tuple[int, int], cost: int) -> None:
        piece, first = self.letters[slice(*span)], self.surname and span[0] == 0
        begins = cost > 0 or span[1] == len(self.letters)
        sound = _begin_with(piece, first) if begins else _readings(first)[piece]
        self._by_sound(start, end, [sound])
        self.automaton.path(start, end, [_writing(c) for c in piece])

    def _compounds(self, states: dict[int, int]) -> None:
        for characters, first, second in _compounds():
            sets = [_writing(c) for c in characters]
            if self.letters.startswith(first + second) and len(first + second) in states:
                self._by_sound(_FIRST, states[len(first + second)], sets)
            elif (first + second).startswith(self.letters) and len(self.letters) >= len(first):
                self._by_sound(_FIRST, states[len(self.letters)], sets)

    def _compound_initials(self, start: int, end: int) -> None:
        for characters, first, second in _compounds():
            if (first[0] + second[0]).startswith(self.letters[:2]):
                rest = [_begin_with(c) for c in self.letters[2:]]
                self._by_sound(start, end, [*(_writing(c) for c in characters), *rest])


@functools.cache
def _compounds() -> list[tuple[str, str, str]]:
    return [(entry[:2], *entry[3:].split()) for entry in _COMPOUNDS.split(",")]  # type: ignore[misc]


def _table(characters: Ints) -> Bools:
    table = np.zeros(_BETWEEN_TEXTS + 1, dtype=np.bool_)
    table[characters] = True
    return table


@functools.cache
def _passed_over() -> Ints:
    """The characters that pinyin passes over inside a text: 中国梦·劳动美 is zgmldm."""
    return _codes(_PASSED_OVER)


def _codes(parts: Iterable[str] | Iterable[Ints]) -> Ints:
    """The code points of characters, or of several sets of them, in one array."""
    return np.concatenate(
        [_NOWHERE, *(np.array([ord(p)]) if isinstance(p, str) else p for p in parts)]
    )


def _writing(character: str) -> Ints:
    """The character in each case, width and writing."""
    cases = {c for c in (character, character.lower(), character.upper()) if len(c) == 1}
    wide = {chr(ord(c) + 0xFEE0) for c in cases if "!" <= c <= "~"}
    other = _writings().get(character, "") if character >= "\u2e80" else ""
    marks = _APOSTROPHES if character in _APOSTROPHES else ""
    return _codes(sorted(cases | wide | set(other) | set(marks)))


@functools.cache
def _writings() -> dict[str, str]:
    """The other writings of a character, by OpenCC's tables of simplified, traditional, Taiwan and Hong Kong forms."""
    characters = "\n".join(_pypinyin())
    others: dict[str, set[str]] = defaultdict(set)
    for table in ("t2s", "tw2s", "hk2s", "tw2t", "hk2t"):
        for one, other in zip(
            _pypinyin(), _opencc(table).convert(characters).split("\n"), strict=True
        ):
            if one != other and len(other) == 1:
                others[one].add(other)
                others[other].add(one)
    return {one: "".join(sorted(rest)) for one, rest in others.items()}


def _word_writings(term: str) -> list[str]:
    """The term in the other writing where that depends on the word: 了解 is 瞭解, though 了 alone stays 了."""
    if (
        term.isascii() or not term.isprintable()
    ):  # neither is Chinese; OpenCC refuses lone surrogates
        return []
    words = [_opencc(table).convert(term) for table in ("s2t", "t2s")]
    return [word for word in words if len(word) == len(term)]


@functools.cache
def _opencc(table: str) -> OpenCC:
    from opencc import OpenCC  # slow to load, and Latin text does without

    return OpenCC(table)


@functools.cache
def _pypinyin() -> dict[str, str]:
    """The readings of 42,000 characters (行: xíng,háng,…).

    Read from pypinyin's own file: an import of it would load its 47,000 phrases too, 0.3 s for nothing.
    """
    spec = importlib.util.find_spec("pypinyin")
    folder = Path(str(spec and spec.origin)).parent
    table = json.loads((folder / "pinyin_dict.json").read_text("utf-8"))
    return {chr(int(code)): readings for code, readings in table.items()}


@functools.cache
def _readings(surname: bool) -> dict[str, Ints]:
    """The characters of each syllable without tones; as surnames, if asked."""
    if surname:
        return _surname_readings()
    codes: dict[str, list[int]] = defaultdict(list)
    for character, readings in _pypinyin().items():
        for syllable in {plain for reading in readings.split(",") for plain in _plain(reading)}:
            codes[syllable].append(ord(character))
    return {syllable: np.array(each) for syllable, each in codes.items()}


def _surname_readings() -> dict[str, Ints]:
    own: dict[str, list[Ints]] = defaultdict(list)
    for entry in _SURNAMES.split():
        syllable = entry.rstrip(entry.lstrip("abcdefghijklmnopqrstuvwxyz"))
        own[syllable] += [_writing(c) for c in entry[len(syllable) :]]
    known = _table(_codes(one for each in own.values() for one in each))
    return {
        s: np.append(codes[~known[codes]], _codes(own.get(s, [])))
        for s, codes in _readings(False).items()
    }


@functools.cache
def _plain(reading: str) -> tuple[str, ...]:
    """A reading without its tone; ü is v, and u as well."""
    letters = "".join(c for c in unicodedata.normalize("NFD", reading) if c not in _TONES)
    syllable = letters.replace("u\u0308", "v").replace("e\u0302", "e")
    return tuple({syllable, syllable.replace("v", "u")})


@functools.cache
def _syllables() -> frozenset[str]:
    """The syllables that letters can be cut into: those with a vowel (嗯 is also ng)."""
    return frozenset(syllable for syllable in _readings(False) if set(syllable) & set("aeiouv"))


@functools.cache
def _begin_with(letters: str, surname: bool = False) -> Ints:
    """The characters with a reading that begins with the letters."""
    return _codes(
        codes for syllable, codes in _readings(surname).items() if syllable.startswith(letters)
    )
