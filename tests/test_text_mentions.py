"""Deadline phrases in a sentence: sentence → phrases, each under what is peculiar in it."""

from datetime import date

import pytest

from lib.text.deadlines import find
from lib.text.folding import fold
from tests.growth import LINEAR, Run, growth

SENTENCES = [
    # the words around a date, and several dates
    ("由办公室牵头，6月底前完成", ["6月底前"]),
    ("3月底前定方案，12月底前建成", ["3月底前", "12月底前"]),
    ("2024年5月启动，6月份申报4个", ["2024年5月", "6月份"]),
    # Chinese numerals, spaces and full width, as printed
    ("于十二月三十一日前报送", ["十二月三十一日前"]),
    ("2020 年 8 月 31 日前印发", ["2020 年 8 月 31 日前"]),
    ("８月下旬召开", ["8月下旬"]),
    ("二〇二〇年九月，卅一日", ["二〇二〇年九月"]),
    # two months, and a range
    ("3、5月各一次", ["3、5月"]),
    ("3—5月开展", ["3-5月"]),
    ("2020年11月至次年2月", ["2020年11月至次年2月"]),
    # quarters, halves, ends and the year itself
    ("第二季度末前完成", ["第二季度末前"]),
    ("前三季度完成", ["前三季度"]),
    ("上半年启动，下半年底完成", ["上半年", "下半年底"]),
    ("今年年底前，年内", ["今年年底前", "年内"]),
    ("半年内完成，三年内见效，2年内", []),
    ("2020年完成", ["2020年"]),
    ("全年推进，长期坚持", ["全年", "长期坚持"]),
    # feasts, in quotes or not
    ("“五一”前慰问，国庆期间值班", ["“五一”前", "国庆期间"]),
    ("五一国际劳动节、中秋节前夕", ["五一国际劳动节", "中秋节前夕"]),
    # in digits
    ("2020.9.15前，2020-10完成", ["2020.9.15前", "2020-10"]),
    ("方案于8.31前报送，2020Q3上线，2021年Q1前验收", ["8.31前", "2020Q3", "2021年Q1前"]),
    ("版本8.31上线，PM2.15前后，V8.31前", []),
    ("2026—2028年，2026-2028年行动计划", ["2026-2028年", "2028年"]),
    # a year of two digits
    ("26年6月底前建成，25年底，从业25年", ["26年6月底前", "25年底"]),
    # how something is done, and a time that no calendar knows
    ("适时开展，按上级要求，汛期前", []),
    # what recurs, each year on a date too
    ("每季度通报，每半年考核，每年总结", ["每季度", "每半年", "每年"]),
    ("每年6月底前报送", ["每年6月底前"]),
    ("每月25日前报送，每季度末前考核，每周五例会", ["每月25日前", "每季度末前", "每周五"]),
    ("每月至12月底，每半年末", ["每月至12月底", "每半年末"]),
    ("每季度最后一个月30日前，每季度第一个月", ["每季度最后一个月30日前", "每季度第一个月"]),
    ("12月底前每月报送，6月底前按季度调度", ["12月底前每月", "6月底前按季度"]),
    ("每年6月每月一次，6月底前各周边单位", ["每年6月", "每月", "6月底前", "各周"]),
    # at once; but how something is done is no deadline
    ("立行立改，即知即改", ["立行立改", "即知即改"]),
    ("随时抽查，持续改善，马上就办", []),
    # a day that there is not, and words that only look like dates
    ("2月30日", []),
    ("订阅月刊5月刊，8月饼", []),
    ("今年中央一号文件", ["今年"]),
    # what has been, and what is called after a year
    ("自2020年以来，2021年8月以来", []),
    ("修订2020年版办法，公布2019年度报告", []),
    ("6月底前报告市政府，2019年度完成", ["6月底前", "2019年度"]),
]


@pytest.mark.parametrize(("sentence", "phrases"), SENTENCES)
def test_a_sentence_has_phrases(sentence: str, phrases: list[str]) -> None:
    folded = fold(sentence)
    mentions = find(folded, 0, len(folded))
    assert [mention.text for mention in mentions] == phrases
    for mention in mentions:
        assert folded[mention.start : mention.end] == mention.text


def test_only_the_part_between_start_and_end_is_read() -> None:
    assert [mention.text for mention in find("3月、6月、9月", 3, 6)] == ["6月"]


def test_a_year_holds_for_the_dates_after_it() -> None:
    first, second = find("2024年5月启动,6月底前完成", 0, 20)
    assert first.window.due == date(2024, 5, 31)
    assert second.window.due == date(2024, 6, 30)


def test_a_year_of_two_digits_holds_for_the_dates_after_it() -> None:
    first, second = find("26年5月启动,6月底前完成", 0, 15)
    assert first.window.due == date(2026, 5, 31)
    assert second.window.due == date(2026, 6, 30)


def test_for_ever_is_later_than_any_day_and_a_rhythm_is_earlier() -> None:
    text = "长期坚持,每月,2099年12月"
    always, monthly, last = find(text, 0, len(text))
    assert monthly.order < last.order < always.order


@pytest.mark.parametrize("piece", ["1 ", "今年 ", "十一", "2020", "每年 1", "“五一", "年年", " "])
def test_finding_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def run(length: int) -> Run:
        text = f"1{piece * length}"[:length]
        return lambda: find(text, 0, length)

    # Were each place to look at all the others, twice the text would take four times as long.
    assert growth(run, sizes=(5_000, 40_000), floor=0.05) < LINEAR
