"""What a query finds: query, texts, the texts found; the peculiarity stands above its lines."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import opencc
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin, pinyin

from lib.search import LONGEST_QUERY, counted, find, places
from tests.clock import timed

DEPARTMENTS = ["组宣部", "办公室", "财务部", "经审办", "资产部", "综治办", "宣教部", "机关党委"]
PEOPLE = [
    "单立人",
    "仇小英",
    "曾一平",
    "解放之",
    "查良明",
    "区大伟",
    "朴正文",
    "任远",
    "华亭",
    "盖方",
    "张慧",
    "陈单",
    "欧阳清",
    "单于飞",
    "尉迟恭",
    "万俟远",
]


def found(query: str, texts: list[str], kind: str = "text") -> list[str]:
    return [
        text
        for text, hit in zip(
            texts, find(query, pa.array(texts, pa.string()), kind=kind), strict=True
        )
        if hit
    ]


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c <= "~" else c for c in text)


TEXTS = [
    # Chinese, anywhere in the text, as it stands
    ("组织", ["组织部", "市委组织部", "织组", "组宣部"], ["组织部", "市委组织部"]),
    ("梦·劳", ["中国梦·劳动美", "中国梦劳动美"], ["中国梦·劳动美"]),
    # simplified finds traditional and the other way round, Taiwan's and Hong Kong's forms too
    ("组宣部", ["組宣部", "组宣部"], ["組宣部", "组宣部"]),
    ("組宣部", ["組宣部", "组宣部"], ["組宣部", "组宣部"]),
    ("卫生", ["衞生局", "衛生局", "卫生局"], ["衞生局", "衛生局", "卫生局"]),
    # one simplified character for several traditional ones; a traditional one is only itself and
    # its simplification
    ("发", ["發展", "理髮"], ["發展", "理髮"]),
    ("發", ["發展", "理髮", "发展"], ["發展", "发展"]),
    # writings that depend on the word
    ("了解", ["瞭解情況", "了解情况"], ["瞭解情況", "了解情况"]),
    ("瞭解", ["了解情况"], ["了解情况"]),
    # initials
    ("zzb", ["组织部", "组宣部", "组部"], ["组织部"]),
    ("ZZB", ["组织部"], ["组织部"]),
    ("bgs", ["市政府办公室", "公办室"], ["市政府办公室"]),
    # full pinyin, the last syllable perhaps begun only; always from the beginning of a syllable
    ("zuzhibu", ["组织部", "组宣部"], ["组织部"]),
    ("zuzhib", ["组织部"], ["组织部"]),
    ("zuzh", ["组织部"], ["组织部"]),
    ("uzhi", ["组织部"], []),
    # several ways to cut
    ("xian", ["西安", "先进", "下"], ["西安", "先进"]),
    ("fangan", ["方案", "反感"], ["方案", "反感"]),
    # letters that can be cut into syllables leave none over: zhang is 张 and the beginning of 展国,
    # not z + hang
    ("zhang", ["张", "展国", "中航"], ["张", "展国"]),
    # an apostrophe or a space separates syllables
    ("xi'an", ["西安", "先进"], ["西安"]),
    ("xi’an", ["西安", "先进"], ["西安"]),
    ("xi an", ["西安", "先进"], ["西安"]),
    # letters that begin no syllable are initials
    ("zuzb", ["组织部", "组部"], ["组织部"]),
    ("jiansjd", ["建设基地"], ["建设基地"]),
    # ü is v or u, and u after j q x y
    ("lvse", ["绿色"], ["绿色"]),
    ("lüse", ["绿色"], ["绿色"]),
    ("luse", ["绿色", "路色"], ["绿色", "路色"]),
    ("lvse", ["路色"], []),
    ("qvyv", ["区域"], ["区域"]),
    ("nuesha", ["虐杀"], ["虐杀"]),
    # both readings of a character
    ("chongqing", ["重庆"], ["重庆"]),
    ("zhongdian", ["重点"], ["重点"]),
    # Chinese and pinyin in one term
    ("组zhi", ["组织部"], ["组织部"]),
    ("zu织b", ["组织部"], ["组织部"]),
    # Latin text and digits, in any case and width, also inside pinyin
    ("erp", ["推进ERP项目", wide("ERP")], ["推进ERP项目", wide("ERP")]),
    (wide("ERP"), ["推进erp项目"], ["推进erp项目"]),
    ("tuijinerpxiangmu", ["推进ERP项目"], ["推进ERP项目"]),
    ("5gjzjs", ["5G基站建设"], ["5G基站建设"]),
    ("5gjizhan", [wide("5G") + "基站建设"], [wide("5G") + "基站建设"]),
    ("aidamoxing", ["AI大模型"], ["AI大模型"]),
    ("o'neil", ["O’Neil", "ONeil"], ["O’Neil", "ONeil"]),
    ("É", ["café"], ["café"]),
    # pinyin passes over marks inside a text
    ("zgmldm", ["中国梦·劳动美"], ["中国梦·劳动美"]),
    ("gan", ["国·安（宁）"], ["国·安（宁）"]),
    ("wenlvju", ["市文（旅）局"], ["市文（旅）局"]),
    # terms in any order, all of them
    ("部 zz", ["组织部", "部队", "组织"], ["组织部"]),
    ("部　组织", ["组织部", "组织"], ["组织部"]),
    # signs of regular expressions are only signs
    (".*", ["组织部", "a.*b"], ["a.*b"]),
    ("[组]", ["组", "[组]", wide("[组]")], ["[组]", wide("[组]")]),
    ("(", ["（试行）", "组"], ["（试行）"]),
    ("\\d", ["7", "\\d"], ["\\d"]),
    # what is no Chinese and no Latin
    ("😀", ["好😀", "好"], ["好😀"]),
    ("𠮷", ["𠮷野", "吉野"], ["𠮷野"]),
    ("\x00", ["a\x00b", "ab"], ["a\x00b"]),
    ("\ud800", ["组", "?", "\ufffd"], []),
    # a hit never reaches from one text into the next
    ("组织", ["组", "织"], []),
    ("zz", ["组", "织"], []),
    ("\x1f组", ["\x1f组"], ["\x1f组"]),
]


@pytest.mark.parametrize(("query", "texts", "hits"), TEXTS)
def test_a_query_finds_these_texts_and_no_other(
    query: str, texts: list[str], hits: list[str]
) -> None:
    assert found(query, texts) == hits


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        # surnames read as surnames, and only so
        ("shan", ["单立人", "陈单", "单于飞"]),
        ("dan", ["陈单"]),
        ("qiu", ["仇小英"]),
        ("chou", []),
        ("zeng", ["曾一平"]),
        ("ceng", []),
        ("xie", ["解放之"]),
        ("jie", []),
        ("zhaliang", ["查良明"]),
        ("chaliang", []),
        ("ou", ["区大伟", "欧阳清"]),
        ("qu", []),
        ("piao", ["朴正文"]),
        ("pu", []),
        ("ren", ["单立人", "任远"]),
        ("hua", ["华亭"]),
        ("ge", ["盖方"]),
        ("gai", []),
        # their initials too
        ("slr", ["单立人"]),
        ("dlr", []),
        ("zyp", ["曾一平"]),
        # compound surnames; 单于飞 may also be 单 + 于飞
        ("ouyangqing", ["欧阳清"]),
        ("chanyufei", ["单于飞"]),
        ("shanyufei", ["单于飞"]),
        ("chany", ["单于飞"]),
        ("cyf", ["单于飞"]),
        ("yuchigong", ["尉迟恭"]),
        ("yuchig", ["尉迟恭"]),
        ("ycg", ["尉迟恭"]),
        ("moqi", ["万俟远"]),
        # but not where the letters are cut elsewhere: mo qing yuan
        ("moqingyuan", []),
        # part Chinese
        ("张h", ["张慧"]),
        ("zhang慧", ["张慧"]),
        ("zhangh", ["张慧"]),
        ("hui zhang", ["张慧"]),
        ("张", ["张慧"]),
        ("單", ["单立人", "陈单", "单于飞"]),
    ],
)
def test_a_person_is_found_by_the_reading_of_the_surname(query: str, hits: list[str]) -> None:
    assert found(query, PEOPLE, "person") == hits


def test_a_traditional_surname_reads_as_the_simplified_one() -> None:
    assert found("shan", ["單立人"], "person") == ["單立人"]
    assert found("dan", ["單立人"], "person") == []


def test_a_person_is_found_whatever_space_widens_the_name() -> None:
    assert found("张慧", ["张　慧", "张 慧"], "person") == ["张　慧", "张 慧"]
    assert found("zhanghui", ["张　慧"], "person") == ["张　慧"]


def test_outside_of_names_of_persons_a_surname_has_all_its_readings() -> None:
    assert found("dan", ["单位"]) == found("shan", ["单位"]) == ["单位"]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        # 组宣部 is 组织部 and 宣传部 in one; the same initials elsewhere are exact
        ("zzb", ["组宣部", "综治办"]),
        ("ZZB", ["组宣部", "综治办"]),
        ("xcb", ["组宣部", "宣教部"]),
        ("jyb", ["宣教部"]),
        ("zxb", ["组宣部"]),
        # nothing else is fuzzy: 资产部 is not zzb, 财务部 not czb, and a word that no department
        # stands for is nothing
        ("czb", []),
        ("cwb", ["财务部"]),
        ("zzx", []),
        ("bgs", ["办公室"]),
    ],
)
def test_a_merged_department_answers_to_the_initials_of_its_parts(
    query: str, hits: list[str]
) -> None:
    assert found(query, DEPARTMENTS, "name") == hits


def test_an_exact_hit_wins_over_a_merged_department() -> None:
    assert found("zzb", [*DEPARTMENTS, "组织部"], "name") == ["综治办", "组织部"]
    assert found("xcb", [*DEPARTMENTS, "组织部"], "name") == ["组宣部", "宣教部"]


def test_a_merged_department_in_traditional_writing_answers_too() -> None:
    assert found("zzb", ["市總工會組宣部"], "name") == ["市總工會組宣部"]


def test_an_abbreviation_alone_is_no_merged_department() -> None:
    assert found("zzb", ["组部"], "name") == []


def test_only_names_answer_so() -> None:
    assert found("zzb", ["组宣部"]) == found("zzb", ["组宣部"], "person") == []


@pytest.mark.parametrize("query", ["", " ", "\u3000\t\n"])
def test_the_blank_query_finds_everything(query: str) -> None:
    assert find(query, pa.array(["组", None, ""])).tolist() == [True, True, True]


def test_a_null_and_an_empty_text_are_not_found() -> None:
    assert find("z", pa.array([None, "", "组", None])).tolist() == [False, False, True, False]


def test_no_texts_give_no_answer() -> None:
    assert find("z", pa.array([], pa.string())).tolist() == []


@pytest.mark.parametrize(
    "arrow_type", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]
)
def test_each_of_arrows_texts_will_do(arrow_type: pa.DataType) -> None:
    assert find("zz", pa.array(["组宣部", "组织部"]).cast(arrow_type)).tolist() == [False, True]


def test_a_slice_is_searched_as_itself() -> None:
    assert find("zz", pa.array(["组织", "部", "组织"]).slice(1)).tolist() == [False, True]


def test_many_texts_are_searched_in_pieces() -> None:
    texts = pa.array([f"第{number}号" for number in range(200_000)])
    assert np.flatnonzero(find("d199999h", texts)).tolist() == [199_999]
    assert np.flatnonzero(find("第65536号", texts)).tolist() == [65_536]


@pytest.mark.parametrize(
    "query",
    ["z" * 5_000, "an" * 5_000, "组" * 5_000, "xian'" * 1_000, "zhang " * 1_000, "(" * 5_000],
)
def test_the_longest_query_takes_no_time(query: str) -> None:
    people = pa.array(PEOPLE)
    assert timed(lambda: find(query, people, kind="person")).seconds < 2


def test_of_a_long_query_the_beginning_counts() -> None:
    assert found("组" * LONGEST_QUERY + "织", ["组" * LONGEST_QUERY]) == ["组" * LONGEST_QUERY]


def test_what_counts_of_a_query_is_the_query_where_it_is_not_long() -> None:
    assert counted(" 组织  部 ") == "组织  部"
    assert counted(" " * 200 + "组") == "组"
    assert counted("组 " * 100) == ("组 " * (LONGEST_QUERY // 2)).rstrip()


def test_the_import_loads_neither_pypinyin_nor_opencc() -> None:
    code = "import sys, lib.search; sys.exit(bool({'pypinyin', 'opencc'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# What holds for any text

COMMON = (
    "组织宣传部办公室市总工会经济保障女财务审机关党委教科文卫体职动"
    "张慧雷重庆行长发后里台绿虐西安了解复单曾区万"
)
OPENCC = {table: opencc.OpenCC(table) for table in ("s2t", "s2tw", "s2hk")}
chinese = st.text(st.sampled_from(COMMON), min_size=1, max_size=16)
kinds = st.sampled_from(["text", "name"])


READINGS = {
    c: [lazy_pinyin(c)[0], *pinyin(c, style=Style.NORMAL, heteronym=True)[0]] for c in COMMON
}


@given(
    st.text(st.characters()),
    st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]))),
    st.data(),
)
@example("\ud800zzb", ["组织部"], None)
def test_any_query_gives_one_boolean_a_text(
    query: str, texts: list[str | None], data: st.DataObject | None
) -> None:
    kind = data.draw(st.sampled_from(["text", "name", "person"])) if data else "name"
    answer = find(query, pa.array(texts, pa.string()), kind=kind)
    assert answer.dtype == np.bool_
    assert answer.shape == (len(texts),)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_QUERY),
    st.sampled_from(["text", "name", "person"]),
)
def test_a_text_is_found_by_itself(text: str, kind: str) -> None:
    assert found(text, [text], kind) == [text]


@given(chinese, kinds, st.data())
def test_a_text_is_found_by_its_full_pinyin(text: str, kind: str, data: st.DataObject) -> None:
    syllables = [data.draw(st.sampled_from(READINGS[c])) for c in text]
    assert found("".join(syllables), [text], kind) == [text]


@given(chinese, kinds, st.data())
def test_a_text_is_found_while_its_pinyin_is_typed(
    text: str, kind: str, data: st.DataObject
) -> None:
    letters = "".join(READINGS[c][0] for c in text)
    assert found(letters[: data.draw(st.integers(1, len(letters)))], [text], kind) == [text]


@given(chinese, kinds, st.data())
def test_a_text_is_found_by_its_initials(text: str, kind: str, data: st.DataObject) -> None:
    initials = [data.draw(st.sampled_from(READINGS[c]))[0] for c in text]
    assert found("".join(initials), [text], kind) == [text]


@given(chinese, st.sampled_from(["s2t", "s2tw", "s2hk"]))
def test_a_text_and_its_traditional_writing_find_each_other(text: str, table: str) -> None:
    traditional = OPENCC[table].convert(text)
    assert found(text, [traditional]) == [traditional]
    assert found(traditional, [text]) == [text]


@given(chinese, chinese)
def test_a_chinese_query_finds_what_holds_it_and_nothing_else(query: str, text: str) -> None:
    assert bool(found(query, [text])) == (query in text)


# --- order ------------------------------------------------------------------------------------------------------------


def in_order(texts: list[str], *, persons: bool = False) -> list[str]:
    place = places(pa.array(texts, pa.string()), persons=persons).tolist()
    return [text for _, text in sorted(zip(place, texts, strict=True))]


def test_surnames_stand_where_they_are_read() -> None:
    right = "安宁 岑岭 二科 李2 李10 覃宇 仇亮 任远 芮华 单立 沈阳 十科 佟磊 邬江 闫芳 一科 曾敏 翟明 张慧 左权"
    assert in_order(sorted(right.split()), persons=True) == right.split()


def test_a_compound_surname_is_read_as_one() -> None:
    assert in_order(["长孙明", "单于飞", "常青", "单立", "尉迟敬", "于江"], persons=True) == [
        "单于飞",
        "常青",
        "单立",
        "于江",
        "尉迟敬",
        "长孙明",
    ]


def test_what_is_no_person_has_its_usual_reading() -> None:
    assert in_order(["单位", "冬泳", "大会"]) == ["大会", "单位", "冬泳"]


@pytest.mark.parametrize(
    "texts",
    [
        ["2026-1-2", "2026-1-9", "2026-1-10", "2026-2-1"],
        ["1", "2", "10", "a", "B", "c", "八", "妈", "马"],
        ["", "科1", "科1甲", "科20", "科100"],
    ],
)
def test_numbers_stand_by_value_and_before_letters_before_chinese_by_tone(texts: list[str]) -> None:
    assert in_order(list(reversed(texts))) == texts


def test_equal_texts_have_one_place_and_none_have_none() -> None:
    assert places(pa.array(["乙", "甲", "乙"])).tolist() == [1, 0, 1]
    assert places(pa.array([], pa.string())).tolist() == []
