"""What a deadline phrase means (docs/design.md, Deadlines): the tables are the specification."""

import calendar
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.measures import schema
from lib.text.deadlines import Window, find, in_full, read
from lib.text.folding import fold

YEAR = 2020  # the list's year in every table, unless a line says otherwise


def by(month: int, day: int, year: int = YEAR) -> Window:
    return Window(None, date(year, month, day))


def over(start: tuple[int, ...], due: tuple[int, ...]) -> Window:
    """Start and due as (month, day) of the list's year, or as (year, month, day)."""
    first, last = (date(*(day if len(day) == 3 else (YEAR, *day))) for day in (start, due))
    return Window(first, last)


def until(window: Window, month: int, day: int, year: int = YEAR) -> Window:
    """What recurs, up to a last day."""
    return replace(window, due=date(year, month, day))


def since(month: int, day: int = 1, year: int = YEAR) -> Window:
    return Window(date(year, month, day), None, ongoing=True)


NO_DATE = Window(None, None)
ONGOING = Window(None, None, ongoing=True)
ALL_YEAR = Window(date(YEAR, 1, 1), date(YEAR, 12, 31), ongoing=True)
MONTHLY = Window(None, None, recurring="monthly")
QUARTERLY = Window(None, None, recurring="quarterly")
WEEKLY = Window(None, None, recurring="weekly")
HALF_YEARLY = Window(None, None, recurring="half_yearly")
YEARLY = Window(None, None, recurring="yearly")
SPRING_2021 = by(2, 11, 2021)

READABLE = [
    # a month is due on its last day and gives no start
    ("8月", by(8, 31)),
    ("8月份", by(8, 31)),
    ("08月", by(8, 31)),
    ("2月", by(2, 29)),
    ("2021年2月", by(2, 28, 2021)),
    ("2020年12月", by(12, 31)),
    ("今年6月", by(6, 30)),
    ("本年度9月", by(9, 30)),
    ("当年11月", by(11, 30)),
    ("明年3月", by(3, 31, 2021)),
    ("次年1月", by(1, 31, 2021)),
    ("翌年2月", by(2, 28, 2021)),
    ("8月份以内", by(8, 31)),
    # the end of a month: 前 changes nothing
    ("6月底", by(6, 30)),
    ("6月底前", by(6, 30)),
    ("6月末", by(6, 30)),
    ("6月月底前", by(6, 30)),
    ("6月份底之前", by(6, 30)),
    ("12月底以前", by(12, 31)),
    ("2月底前", by(2, 29)),
    ("12月底以内", by(12, 31)),
    # 前 after the whole month ends the day before it begins
    ("6月前", by(5, 31)),
    ("6月份前", by(5, 31)),
    ("3月之前", by(2, 29)),
    ("2021年1月前", by(12, 31)),
    ("明年1月前", by(12, 31)),
    # a day is included by 前
    ("6月30日", by(6, 30)),
    ("6月30日前", by(6, 30)),
    ("6月30号以前", by(6, 30)),
    ("6月30前", by(6, 30)),
    ("2月29日前", by(2, 29)),
    ("2020年9月15日", by(9, 15)),
    ("2021年03月01日前", by(3, 1, 2021)),
    ("8月31日以内", by(8, 31)),
    ("8月31日（含）前", by(8, 31)),
    ("8月31日前（含8月31日）", by(8, 31)),
    ("8月31日止", by(8, 31)),
    ("8月底为止", by(8, 31)),
    # thirds of a month
    ("10月上旬", by(10, 10)),
    ("10月中旬", by(10, 20)),
    ("10月下旬", by(10, 31)),
    ("10月上中旬", by(10, 20)),
    ("10月中上旬", by(10, 20)),
    ("10月中下旬", by(10, 31)),
    ("9月初", by(9, 10)),
    ("2月下旬", by(2, 29)),
    ("10月中旬前", by(10, 10)),
    ("10月上旬前", by(9, 30)),
    ("2021年5月中旬", by(5, 20, 2021)),
    # quarters give both days; their ends and 前 give only the due day
    ("一季度", over((1, 1), (3, 31))),
    ("第二季度", over((4, 1), (6, 30))),
    ("三季度", over((7, 1), (9, 30))),
    ("4季度", over((10, 1), (12, 31))),
    ("2021年第一季度", over((2021, 1, 1), (2021, 3, 31))),
    ("三季度末", by(9, 30)),
    ("第三季度末前", by(9, 30)),
    ("二季度底前", by(6, 30)),
    ("三季度前", by(6, 30)),
    ("2021年一季度前", by(12, 31)),
    ("前三季度", over((1, 1), (9, 30))),
    ("前3个季度", over((1, 1), (9, 30))),
    ("前两个季度", over((1, 1), (6, 30))),
    ("一季度内", over((1, 1), (3, 31))),
    ("Q1", over((1, 1), (3, 31))),
    ("q2", over((4, 1), (6, 30))),
    ("\uff31\uff13", over((7, 1), (9, 30))),
    ("Q4季度", over((10, 1), (12, 31))),
    ("Q3完成", over((7, 1), (9, 30))),
    ("2026Q1", over((2026, 1, 1), (2026, 3, 31))),
    ("2026年Q3", over((2026, 7, 1), (2026, 9, 30))),
    ("2026年度Q3", over((2026, 7, 1), (2026, 9, 30))),
    ("2026-Q2", over((2026, 4, 1), (2026, 6, 30))),
    ("2026 Q4", over((2026, 10, 1), (2026, 12, 31))),
    ("今年Q2", over((4, 1), (6, 30))),
    ("明年Q1", over((2021, 1, 1), (2021, 3, 31))),
    ("Q2前", by(3, 31)),
    ("2021Q1前", by(12, 31)),
    ("Q2末", by(6, 30)),
    ("Q2底前", by(6, 30)),
    ("Q1—Q4", over((1, 1), (12, 31))),
    ("Q2-Q3", over((4, 1), (9, 30))),
    ("Q2至Q3", over((4, 1), (9, 30))),
    ("2026Q2—2027Q1", over((2026, 4, 1), (2027, 3, 31))),
    ("Q1、Q3", by(9, 30)),
    ("Q1/Q2", by(6, 30)),
    ("Q2起", since(4)),
    ("Ⅱ季度", over((4, 1), (6, 30))),
    ("第Ⅲ季度", over((7, 1), (9, 30))),
    ("2021年Ⅳ季度末", by(12, 31, 2021)),
    ("II季度", over((4, 1), (6, 30))),
    ("Ⅱ、Ⅳ季度", by(12, 31)),
    ("Ⅱ—Ⅳ季度", over((4, 1), (12, 31))),
    # halves
    ("上半年", over((1, 1), (6, 30))),
    ("下半年", over((7, 1), (12, 31))),
    ("前半年", over((1, 1), (6, 30))),
    ("2021年上半年", over((2021, 1, 1), (2021, 6, 30))),
    ("上半年内", over((1, 1), (6, 30))),
    ("上半年末", by(6, 30)),
    ("下半年底前", by(12, 31)),
    ("下半年前", by(6, 30)),
    # a year
    ("今年", by(12, 31)),
    ("年内", by(12, 31)),
    ("今年内", by(12, 31)),
    ("本年度", by(12, 31)),
    ("年度内", by(12, 31)),
    ("2020年", by(12, 31)),
    ("2020年度", by(12, 31)),
    ("2020", by(12, 31)),
    ("2026", by(12, 31, 2026)),
    ("2021年内", by(12, 31, 2021)),
    ("2021年以内", by(12, 31, 2021)),
    ("2021年前", by(12, 31)),
    ("明年", by(12, 31, 2021)),
    ("年底", by(12, 31)),
    ("年底前", by(12, 31)),
    ("年末", by(12, 31)),
    ("年终前", by(12, 31)),
    ("今年底", by(12, 31)),
    ("今年年底前", by(12, 31)),
    ("本年度末", by(12, 31)),
    ("2021年年底", by(12, 31, 2021)),
    ("2021年末前", by(12, 31, 2021)),
    ("年中", by(6, 30)),
    ("年中前", by(6, 30)),
    ("2021年中", by(6, 30, 2021)),
    # a year of two digits
    ("20年6月底前", by(6, 30)),
    ("26年6月", by(6, 30, 2026)),
    ("21年底", by(12, 31, 2021)),
    ("’21年上半年", over((2021, 1, 1), (2021, 6, 30))),
    ("20年11月至21年2月", over((11, 1), (2021, 2, 28))),
    # all year: both days, and ongoing
    ("全年", ALL_YEAR),
    ("全年度", ALL_YEAR),
    ("贯穿全年", ALL_YEAR),
    ("2020全年", ALL_YEAR),
    ("2026全年", Window(date(2026, 1, 1), date(2026, 12, 31), ongoing=True)),
    ("贯穿于全年", ALL_YEAR),
    ("全年推进", ALL_YEAR),
    ("全年开展", ALL_YEAR),
    ("2020年全年", ALL_YEAR),
    ("全年，长期坚持", ALL_YEAR),
    ("全年常态化开展", ALL_YEAR),
    # ongoing, never due
    ("长期", ONGOING),
    ("长期坚持", ONGOING),
    ("常态化", ONGOING),
    ("常态化推进", ONGOING),
    ("持续推进", ONGOING),
    ("持续", ONGOING),
    ("长期坚持、持续推进", ONGOING),
    ("动态管理、长期坚持", ONGOING),
    ("贯穿始终", ONGOING),
    ("常抓不懈", ONGOING),
    ("长期办理", ONGOING),
    ("常年开展", ONGOING),
    ("长期性工作", ONGOING),
    ("持续更新", ONGOING),
    ("动态清零", ONGOING),
    ("常态长效", ONGOING),
    ("日常工作", ONGOING),
    ("经常性工作", ONGOING),
    ("经常性开展", ONGOING),
    ("已完成并长期坚持", ONGOING),
    ("已完成，并长期坚持", ONGOING),
    # due, and going on afterwards
    ("12月底前，并长期坚持", Window(None, date(2020, 12, 31), ongoing=True)),
    ("12月底前完成，并长期坚持", Window(None, date(2020, 12, 31), ongoing=True)),
    ("12月底前（长期坚持）", Window(None, date(2020, 12, 31), ongoing=True)),
    ("6月30日前并持续推进", Window(None, date(2020, 6, 30), ongoing=True)),
    ("3—5月，常态化", Window(date(2020, 3, 1), date(2020, 5, 31), ongoing=True)),
    ("每月，长期坚持", Window(None, None, ongoing=True, recurring="monthly")),
    # at once: no date
    ("即时", NO_DATE),
    ("立行立改", NO_DATE),
    ("立即", NO_DATE),
    ("立即整改", NO_DATE),
    ("即知即改", NO_DATE),
    ("立行立改、即知即改", NO_DATE),
    ("马上就办", NO_DATE),
    ("立整立改、即查即改", NO_DATE),
    ("随时", NO_DATE),
    ("立行立改，长期坚持", ONGOING),
    # times that no calendar knows, and what names none: known, and without a day
    ("汛期前", NO_DATE),
    ("主汛期前完成", NO_DATE),
    ("今年汛期之前", NO_DATE),
    ("汛期到来前完成清淤", NO_DATE),
    ("采暖期前", NO_DATE),
    ("供暖季前", NO_DATE),
    ("2021年供热期前投入使用", NO_DATE),
    ("入冬前", NO_DATE),
    ("高考前", NO_DATE),
    ("中考期间", NO_DATE),
    ("两会前", NO_DATE),
    ("全国“两会”前", NO_DATE),
    ("寒假前", NO_DATE),
    ("暑假前", NO_DATE),
    ("寒假前、暑假前", NO_DATE),
    ("春季开学前", NO_DATE),
    ("秋季开学前", NO_DATE),
    ("春季（秋季）开学前", NO_DATE),
    ("2020年秋季学期开学前投入使用", NO_DATE),
    ("学期末", NO_DATE),
    ("春季学期结束前", NO_DATE),
    ("期末前", NO_DATE),
    ("第8周", NO_DATE),
    ("第八周前", NO_DATE),
    ("第8—10周", NO_DATE),
    ("本学期第十二周", NO_DATE),
    ("年初", NO_DATE),
    ("2021年初", NO_DATE),
    ("明年年初", NO_DATE),
    ("已完成", NO_DATE),
    ("已全面完成", NO_DATE),
    ("已办结。", NO_DATE),
    ("已整改到位", NO_DATE),
    ("按时序进度", NO_DATE),
    ("按序时进度推进", NO_DATE),
    ("按照工程进度要求", NO_DATE),
    ("按上级要求", NO_DATE),
    ("根据上级部门要求完成", NO_DATE),
    ("适时", NO_DATE),
    ("适时开展", NO_DATE),
    ("限期整改", NO_DATE),
    ("限期整改到位", NO_DATE),
    ("汛期前完成，并长期坚持", ONGOING),
    ("每年汛期前", YEARLY),
    # recurring: neither day
    ("每月", MONTHLY),
    ("每个月", MONTHLY),
    ("按月", MONTHLY),
    ("每月底前", MONTHLY),
    ("每月月底前", MONTHLY),
    ("每月5日前", MONTHLY),
    ("每月25日前", MONTHLY),
    ("每月二十五日前报送", MONTHLY),
    ("每月1日至5日", MONTHLY),
    ("每月至少一次", MONTHLY),
    ("每月不少于两次", MONTHLY),
    ("每月1期", MONTHLY),
    ("分月推进", MONTHLY),
    ("每月上旬", MONTHLY),
    ("每季度", QUARTERLY),
    ("每季", QUARTERLY),
    ("按季度", QUARTERLY),
    ("每季度末", QUARTERLY),
    ("每季度末前", QUARTERLY),
    ("各季度", QUARTERLY),
    ("每季度一次", QUARTERLY),
    ("每季度报送一次", QUARTERLY),
    ("每季度首月10日前", QUARTERLY),
    ("每季度第1个月的20日前", QUARTERLY),
    ("每季度末月25日前报送", QUARTERLY),
    ("每季度最后一个月的30日前", QUARTERLY),
    ("每季度最后一个月", QUARTERLY),
    ("每季度第1个月20日前", QUARTERLY),
    ("分季度推进", QUARTERLY),
    ("每周", WEEKLY),
    ("每周五", WEEKLY),
    ("每周日前", WEEKLY),
    ("每周五下午", WEEKLY),
    ("每星期一", WEEKLY),
    ("按周", WEEKLY),
    ("逐周推进", WEEKLY),
    ("每半年", HALF_YEARLY),
    ("每半年一次", HALF_YEARLY),
    ("半年一次", HALF_YEARLY),
    ("每半年末前", HALF_YEARLY),
    ("每个半年", HALF_YEARLY),
    ("按半年报送", HALF_YEARLY),
    ("每年", YEARLY),
    ("每年至少1次", YEARLY),
    ("每年两次", YEARLY),
    ("一年一次", YEARLY),
    ("按年度推进", YEARLY),
    ("每年度", YEARLY),
    ("逐年推进", YEARLY),
    # each year on a date: it recurs, and is due on this year's
    ("每年12月底前", until(YEARLY, 12, 31)),
    ("每年6月", until(YEARLY, 6, 30)),
    ("每年12月", until(YEARLY, 12, 31)),
    ("每年3—5月", Window(date(2020, 3, 1), date(2020, 5, 31), recurring="yearly")),
    ("每年年底前", until(YEARLY, 12, 31)),
    ("每年底前", until(YEARLY, 12, 31)),
    ("每年春节前", until(YEARLY, 1, 24)),
    ("每年6月、12月", until(YEARLY, 12, 31)),
    # it recurs up to a day, or within a time
    ("2026年12月底前每月", until(MONTHLY, 12, 31, 2026)),
    ("12月底前，每月报送", until(MONTHLY, 12, 31)),
    ("12月底前完成，每季度一次", until(QUARTERLY, 12, 31)),
    ("每月至12月底", until(MONTHLY, 12, 31)),
    ("每月5日前，至12月底", until(MONTHLY, 12, 31)),
    ("每月报送1次，直至12月底", until(MONTHLY, 12, 31)),
    ("每周五至9月30日", until(WEEKLY, 9, 30)),
    ("每半年一次，至2028年底", until(HALF_YEARLY, 12, 31, 2028)),
    ("每年一次，到2028年底", until(YEARLY, 12, 31, 2028)),
    ("3—5月每周", Window(date(2020, 3, 1), date(2020, 5, 31), recurring="weekly")),
    ("3月起每月", Window(date(2020, 3, 1), None, ongoing=True, recurring="monthly")),
    ("全年每季度", replace(ALL_YEAR, recurring="quarterly")),
    # the month of issue, where no month is named: without a day of issue there is no date
    ("月底前", NO_DATE),
    ("月底", NO_DATE),
    ("月末前完成", NO_DATE),
    ("本月内", NO_DATE),
    ("本月底", NO_DATE),
    ("当月底前", NO_DATE),
    # ranges, with every dash there is
    ("3—5月", over((3, 1), (5, 31))),
    ("3–5月", over((3, 1), (5, 31))),
    ("3-5月", over((3, 1), (5, 31))),
    ("3－5月", over((3, 1), (5, 31))),
    ("3~5月", over((3, 1), (5, 31))),
    ("3～5月", over((3, 1), (5, 31))),
    ("3——5月", over((3, 1), (5, 31))),
    ("3至5月", over((3, 1), (5, 31))),
    ("3月到5月", over((3, 1), (5, 31))),
    ("从3月至5月", over((3, 1), (5, 31))),
    ("三月—五月", over((3, 1), (5, 31))),
    ("十—十二月", over((10, 1), (12, 31))),
    ("十一—十二月", over((11, 1), (12, 31))),
    ("3月—5月底前", over((3, 1), (5, 31))),
    ("2020年3月—2021年2月", over((3, 1), (2021, 2, 28))),
    ("2021年3—5月", over((2021, 3, 1), (2021, 5, 31))),
    ("11月至次年2月", over((11, 1), (2021, 2, 28))),
    ("11月—明年2月底", over((11, 1), (2021, 2, 28))),
    ("6月20日至30日", over((6, 20), (6, 30))),
    ("6月20—30日", over((6, 20), (6, 30))),
    ("6月20日至7月5日", over((6, 20), (7, 5))),
    ("6月20日至月底", over((6, 20), (6, 30))),
    ("6月上旬至中旬", over((6, 1), (6, 20))),
    ("2020—2022年", over((1, 1), (2022, 12, 31))),
    ("2026—2028年", over((2026, 1, 1), (2028, 12, 31))),
    ("2026—2028", over((2026, 1, 1), (2028, 12, 31))),
    ("2020年—2022年", over((1, 1), (2022, 12, 31))),
    ("2020-2022", over((1, 1), (2022, 12, 31))),
    ("2020—2022", over((1, 1), (2022, 12, 31))),
    ("1—3季度", over((1, 1), (9, 30))),
    ("二季度至三季度", over((4, 1), (9, 30))),
    ("2020.3—2020.6", over((3, 1), (6, 30))),
    ("3.1—5.31", over((3, 1), (5, 31))),
    ("2020年3月1日-2020年4月1日", over((3, 1), (4, 1))),
    ("五一至国庆", over((5, 1), (10, 1))),
    ("年底至明年春节前", over((12, 31), (2021, 2, 11))),
    # a beginning without an end, and one with
    ("3月起", since(3)),
    ("自3月起", since(3)),
    ("从3月开始", since(3)),
    ("3月15日起实施", since(3, 15)),
    ("2021年起", since(1, 1, 2021)),
    ("3月起，长期坚持", since(3)),
    ("3月启动，持续推进", since(3)),
    ("3月启动，12月底前完成", over((3, 1), (12, 31))),
    ("3月开始，次年2月底前完成", over((3, 1), (2021, 2, 28))),
    ("3月起至9月底", over((3, 1), (9, 30))),
    # several dates: the last is due, and there is no start
    ("6月、12月", by(12, 31)),
    ("6、12月", by(12, 31)),
    ("1、3、5月", by(5, 31)),
    ("6月底、12月底", by(12, 31)),
    ("8月和10月", by(10, 31)),
    ("8月，10月", by(10, 31)),
    ("6月以及9月", by(9, 30)),
    ("上半年、下半年", by(12, 31)),
    ("3—5月、9—11月", by(11, 30)),
    ("11月、次年2月", by(2, 28, 2021)),
    ("6月10日、20日", by(6, 20)),
    ("五一、十一", by(10, 1)),
    ("十一、十二月", by(12, 31)),
    ("二、四季度", by(12, 31)),
    ("6月、12月各1次", by(12, 31)),
    ("上半年、下半年各开展一次", by(12, 31)),
    ("全年不少于2次", ALL_YEAR),
    # what is to be there by each: the last is due
    ("6月底前完成初稿，12月底前印发", by(12, 31)),
    ("6月底前取得阶段性成效，12月底前全面完成", by(12, 31)),
    ("6月底前开工，12月底前竣工", by(12, 31)),
    ("6月底前完成方案；12月底前完成验收", by(12, 31)),
    ("6月底前完成前期工作；12月底前主体工程完工", by(12, 31)),
    ("6月底前；12月底前", by(12, 31)),
    ("4月底前启动、10月底前完成", by(10, 31)),
    ("3月底前制定方案、6月底前印发、12月底前总结", by(12, 31)),
    ("6/12月", by(12, 31)),
    # dates in digits, and what Excel makes of them
    ("2018.09", by(9, 30, 2018)),
    ("2018-09", by(9, 30, 2018)),
    ("2018/9", by(9, 30, 2018)),
    ("2018.9月", by(9, 30, 2018)),
    ("201809", by(9, 30, 2018)),
    ("2018.10", by(10, 31, 2018)),
    ("2018.09.15", by(9, 15, 2018)),
    ("2018-9-15", by(9, 15, 2018)),
    ("2018/09/15前", by(9, 15, 2018)),
    ("2018.9.15日", by(9, 15, 2018)),
    ("20180915", by(9, 15, 2018)),
    ("2020-08-31 00:00:00", by(8, 31)),
    ("2020-08-31T00:00:00", by(8, 31)),
    ("2020/8/31 0:00", by(8, 31)),
    ("8-31", by(8, 31)),
    ("8.31", by(8, 31)),
    ("8/31", by(8, 31)),
    ("8.31前", by(8, 31)),
    ("8.3前", by(8, 3)),
    ("8/31/2020", by(8, 31)),
    ("31.08.2020前", by(8, 31)),
    ("1/15/2020-2/28/2020", over((1, 15), (2, 28))),
    ("2020-08-31T00:00:00.000", by(8, 31)),
    ("2020-08-31 00:00:00.123456", by(8, 31)),
    ("2020-08-31T00:00:00Z", by(8, 31)),
    ("2020-08-31T00:00:00.000Z", by(8, 31)),
    ("2020-08-31T08:30+08:00", by(8, 31)),
    ("2020-08-31 00:00:00+0800", by(8, 31)),
    ("2020/8/31 12:00:00 AM", by(8, 31)),
    ("2020/8/31 上午12:00:00", by(8, 31)),
    ("2020年8月31日 0:00", by(8, 31)),
    ("2020年8月31日0:00:00", by(8, 31)),
    ("2020-08-31 全天", by(8, 31)),
    # the number of a day, with the time of the day as its fraction
    ("44074", by(8, 31)),
    ("44074.0", by(8, 31)),
    (" 44074.75", by(8, 31)),
    ("４４０７４", by(8, 31)),
    ("36526", by(1, 1, 2000)),
    ("55153", by(12, 31, 2050)),
    # feasts on fixed days
    ("元旦", by(1, 1)),
    ("元旦前", by(12, 31)),
    ("2021年元旦前", by(12, 31)),
    ("明年元旦前", by(12, 31)),
    ("三八妇女节", by(3, 8)),
    ("三八节前", by(3, 7)),
    ("植树节", by(3, 12)),
    ("五一", by(5, 1)),
    ("五一前", by(4, 30)),
    ("“五一”前", by(4, 30)),
    ("'五一'国际劳动节前夕", by(4, 30)),
    ("劳动节", by(5, 1)),
    ("五四青年节", by(5, 4)),
    ("六一前", by(5, 31)),
    ("国际儿童节", by(6, 1)),
    ("“七一”前", by(6, 30)),
    ("建党节", by(7, 1)),
    ("八一", by(8, 1)),
    ("建军节前", by(7, 31)),
    ("教师节当天", by(9, 10)),
    ("国庆前", by(9, 30)),
    ("国庆节", by(10, 1)),
    ("十一前", by(9, 30)),
    ("十一国庆前", by(9, 30)),
    ("国家宪法日", by(12, 4)),
    ("国家宪法日前", by(12, 3)),
    ("国庆期间", over((10, 1), (10, 7))),
    ("五一期间", over((5, 1), (5, 5))),
    ("十一假期", over((10, 1), (10, 7))),
    # feasts of the moon
    ("除夕", by(1, 24)),
    ("春节", by(1, 25)),
    ("春节前", by(1, 24)),
    ("农历春节前", by(1, 24)),
    ("2021年春节前", SPRING_2021),
    ("明年春节前", SPRING_2021),
    ("次年春节前", SPRING_2021),
    ("翌年春节前", SPRING_2021),
    ("元宵节", by(2, 8)),
    ("清明", by(4, 4)),
    ("清明节前", by(4, 3)),
    ("端午前", by(6, 24)),
    ("七夕", by(8, 25)),
    ("中秋", by(10, 1)),
    ("中秋节前", by(9, 30)),
    ("重阳节", by(10, 25)),
    ("2057年重阳", by(10, 7, 2057)),  # the new moon of September 2057 falls at midnight
    ("腊八", by(1, 2)),
    ("春节期间", over((1, 25), (1, 31))),
    # five-year plans and school years
    ("十四五期间", over((2021, 1, 1), (2025, 12, 31))),
    ("“十四五”时期", over((2021, 1, 1), (2025, 12, 31))),
    ("“十四五”规划期间", over((2021, 1, 1), (2025, 12, 31))),
    ("十四五末", by(12, 31, 2025)),
    ("十三五期末前", by(12, 31, 2020)),
    ("十五五末", by(12, 31, 2030)),
    ("2020—2021学年", over((9, 1), (2021, 8, 31))),
    ("2020-2021学年度", over((9, 1), (2021, 8, 31))),
    # other writings of the same
    ("８月", by(8, 31)),
    ("１２月３１日前", by(12, 31)),
    ("十二月", by(12, 31)),
    ("十一月", by(11, 30)),
    ("10月十一日", by(10, 11)),
    ("二〇二〇年", by(12, 31)),
    ("二○二○年九月", by(9, 30)),
    ("二零二零年六月三十日", by(6, 30)),
    ("十二月卅一日", by(12, 31)),
    ("六月廿五日前", by(6, 25)),
    ("2020 年 8 月 31 日 前", by(8, 31)),
    (" 8\u3000月\u200b", by(8, 31)),
    ("長期堅持", ONGOING),
    ("第三季度末前辦結", by(9, 30)),
    ("貫穿全年", ALL_YEAR),
    ("每週五", WEEKLY),
    ("國慶節前", by(9, 30)),
    # words around it that change nothing
    ("8月底前完成", by(8, 31)),
    ("8月底前全面完成。", by(8, 31)),
    ("8月前完成", by(7, 31)),
    ("8月底前办结；", by(8, 31)),
    ("力争8月", by(8, 31)),
    ("确保在8月底前完成", by(8, 31)),
    ("原则上于8月底前", by(8, 31)),
    ("计划8月开展", by(8, 31)),
    ("拟于10月举行", by(10, 31)),
    ("8月底前完工", by(8, 31)),
    ("8月底前建成投用", by(8, 31)),
    ("8月底前投入使用", by(8, 31)),
    ("8月底前动工", by(8, 31)),
    ("8月底前开工", by(8, 31)),
    ("8月开工", by(8, 31)),
    ("8月动工", by(8, 31)),
    ("年内开工建设", by(12, 31)),
    ("8月底前竣工", by(8, 31)),
    ("8月底前见效", by(8, 31)),
    ("8月底前交付", by(8, 31)),
    ("8月底前投用", by(8, 31)),
    ("8月底前取得阶段性成效", by(8, 31)),
    ("8月底前道路通车", by(8, 31)),
    ("8月份投入运行", by(8, 31)),
    ("8月底前印发", by(8, 31)),
    ("年底前取得明显成效", by(12, 31)),
    ("8月底前开工建设", by(8, 31)),
    ("8月底前启动", by(8, 31)),
    ("8月底前启动招标工作", by(8, 31)),
    ("8月底完成方案初稿", by(8, 31)),
    ("8月31日前制定实施方案", by(8, 31)),
    ("8月底前（已完成）", by(8, 31)),
    ("争取年底前落实到位", by(12, 31)),
    ("截至8月底", by(8, 31)),
    ("不迟于8月31日", by(8, 31)),
    ("完成时限：8月", by(8, 31)),
    ("时间节点：8月底前", by(8, 31)),
    ("截止时间:8月31日", by(8, 31)),
    ("（8月）", by(8, 31)),
    ("【8月底前】", by(8, 31)),
    ("「8月」", by(8, 31)),
    ("12月31日24时前", by(12, 31)),
    ("12月31日18:00前", by(12, 31)),
    ("2020-12-31 18:00前", by(12, 31)),
    ("8月31日下午5点前", by(8, 31)),
    ("8月31日下午五点半前提交", by(8, 31)),
    ("8月31日9时30分", by(8, 31)),
    ("8月31日下班前", by(8, 31)),
    ("8月31日（星期一）前", by(8, 31)),
]

UNREADABLE = [
    # no date at all
    *(
        "",
        " ",
        "/",
        "—",
        "－",
        "无",
        "待定",
        "另行通知",
        "若干",
        "尽快",
        "完成",
        "。",
        "前",
        "底",
        "起",
        "📅",
        "8月📅",
    ),
    *("根据工作安排", "第三届", "95周年", "下学期", "电话 13812345678"),
    # what nobody can say, and what only looks like a known time
    *(
        "汛期后",
        "项目批复后",
        "暑假",
        "高考",
        "开学",
        "第8周年",
        "已完成50%",
        "已",
        "按要求",
        "进度",
    ),
    # counted from a day that the phrase doesn't name
    *(
        "3个月内",
        "三十日内",
        "发文之日起3个月内",
        "即日起",
        "5年内",
        "3月内",
        "8月内",
        "15个工作日",
    ),
    # a day, month or quarter that there is not
    *(
        "13月",
        "0月",
        "00月",
        "2月30日",
        "6月31日",
        "2021年2月29日",
        "第五季度",
        "0季度",
        "32日",
        "2020年13月",
    ),
    *(
        "Q",
        "Q0",
        "Q5",
        "Q12",
        "QQ1",
        "Q1A",
        "1Q",
        "3Q2",
        "26Q1",
        "FY2026Q1",
        "1998Q1",
        "Q1号楼",
        "Q1群",
        "Q3-Q2",
        "Q1前",
        "V季度",
        "AIII季度",
    ),
    *("8月0日", "2020-02-30", "20200230", "2020.13.01", "前四季度", "每月32日"),
    # no month, or no year
    *("下旬", "30日前", "当月", "1998年", "3020年", "20年", "40年6月"),
    # more or less
    *("6月左右", "约6月", "春节前后", "8月以后", "国庆后", "6月中", "年初前", "年前", "今年前"),
    # bare numbers, and numbers that lost a zero in Excel or may be two things
    *(
        "8",
        "1999",
        "20206",
        "36525",
        "55154",
        "44,074",
        "8/9/2020",
        "44074前",
        "44074、44075",
        "9" * 50,
        "3-5",
        "3—5",
        "8-15日",
        "8.1",
        "8.3",
        "2018.1",
        "8.32",
        "1.5.3",
    ),
    # numerals that are no date: January and February, item ① in February, a mixture
    *("一二月", "七八月", "①2月", "8²月", "1二月", "百月", "٨月"),
    # reaches back into a year that the phrase doesn't name
    *("1月前", "一季度前", "上半年前", "1月上旬前", "今年1月前"),
    # ranges and lists that run backwards or end nowhere
    *(
        "9月—3月",
        "9月至",
        "—9月",
        "3月前—5月",
        "6月30日至20日",
        "3—5—7月",
        "12月、6月",
        "6月、待定",
        "待定、6月",
        "待定-6月",
    ),
    *(
        "2020—2022学年",
        "2021—2020年",
        "3月、5月起",
        "待定起",
        "待定，12月底前",
        "待定，长期坚持",
        "3月启动，尽快完成",
    ),
    # it says when it starts, not when it ends
    *("3月启动", "6月底前起"),
    # midnight may be the day before; a time needs its day
    *("8月1日0时前", "8月1日0:00前", "下午5点前", "8月31日25时前"),
    # an instant of which China's day is another, or that there is not
    *("2020-08-30T16:00:00Z", "2020-08-31T23:30:00+00:00", "2020-08-31T25:00:00Z"),
    # a rhythm that the board has no value for
    *(
        "一季度一次",
        "每天",
        "每半月",
        "每两周",
        "每年2021年6月",
        "每年待定",
        "每月待定",
        "待定，每月",
    ),
    *("每月每季度", "每月至每季度", "每月，至", "月底前每月"),
    # the moon's months; a feast whose holidays vary, that a year lacks, or beyond the tables
    *(
        "农历八月",
        "正月十五",
        "三月三",
        "九月九前",
        "端午期间",
        "2023年腊八",
        "2022年腊八",
        "2003年腊八节前",
    ),
    # a date inside a sentence
    *(
        "参加6月培训班的人员名单",
        "6月底前完成50%",
        "6月底前完成过半",
        "6月底前无法完成",
        "6月底前主体未完工",
        "6月30日启动",
        "春节前后集中开展",
        "2020年前的积案",
        "2020年前的积案办结",
        "完成6月活动总结后报送",
        "8月（待定）",
        "1（2）月",
        "预计6月或7月",
    ),
    "根据各部门报送的情况统筹研究，" * 4 + "8月",
    "8月" * 5_000,
    "\u0301\u0316" * 16_000,
]


def _name(phrase: str) -> str:
    return repr(phrase if len(phrase) <= 30 else f"{phrase[:12]}… ({len(phrase)})")


@pytest.mark.parametrize(
    ("phrase", "window"), [pytest.param(p, w, id=_name(p)) for p, w in READABLE]
)
def test_a_phrase_gives_its_window(phrase: str, window: Window) -> None:
    assert read(phrase, YEAR) == window


@pytest.mark.parametrize("phrase", [pytest.param(p, id=_name(p)) for p in UNREADABLE])
def test_what_is_not_understood_is_not_read(phrase: str) -> None:
    assert read(phrase, YEAR) is None


# A time header in two parts, 开始 and 结束: both cells joined by 至.
JOINED = [
    ("3月至6月底前", over((3, 1), (6, 30))),
    ("3月至2020年6月30日", over((3, 1), (6, 30))),
    ("2020年3月至6月", over((3, 1), (6, 30))),
    ("2020年3月至2020年6月", over((3, 1), (6, 30))),
    ("2020-03-01至2020-06-30", over((3, 1), (6, 30))),
    ("2020/3/1至2020/6/30", over((3, 1), (6, 30))),
    ("2020.03.01至2020.06.30", over((3, 1), (6, 30))),
    ("20200301至20200630", over((3, 1), (6, 30))),
    ("2020-03-01 00:00:00至2020-06-30 00:00:00", over((3, 1), (6, 30))),
    ("2020/3/1 0:00至2020/6/30 0:00", over((3, 1), (6, 30))),
    ("2020-03-01T00:00:00Z至2020-06-30T00:00:00.000Z", over((3, 1), (6, 30))),
    ("43891至44012", over((3, 1), (6, 30))),
    ("3月上旬至6月下旬", over((3, 1), (6, 30))),
    ("3月起至6月底", over((3, 1), (6, 30))),
    ("3月启动至6月底前完成", over((3, 1), (6, 30))),
    ("3月1日起至6月30日止", over((3, 1), (6, 30))),
    ("2020Q1至2020Q2", over((1, 1), (6, 30))),
    ("年初至6月底前", over((1, 1), (6, 30))),
    ("2020年初至年底", over((1, 1), (12, 31))),
    ("2020年至2021年", over((1, 1), (2021, 12, 31))),
    ("3月至次年2月", over((3, 1), (2021, 2, 28))),
    # it began in the year before the list's
    ("2019年10月至6月底前", over((2019, 10, 1), (6, 30))),
    ("2019年10月至2020年6月", over((2019, 10, 1), (6, 30))),
    # without an end, and with one but no beginning that is a day
    ("3月1日至长期", since(3)),
    ("2020年3月至长期坚持", since(3)),
    ("3月至常态化推进", since(3)),
    ("至6月底前", by(6, 30)),
    ("即日起至6月底", by(6, 30)),
    ("立即至6月30日", by(6, 30)),
    # one cell that stands for both
    ("全年至全年", ALL_YEAR),
    ("长期至长期", ONGOING),
    ("每月至每月", MONTHLY),
]
NOT_JOINED = ["3月至", "9月至3月", "3月底前至6月底前", "待定至6月", "3月至待定", "2018年10月至6月"]


@pytest.mark.parametrize(("phrase", "window"), JOINED)
def test_a_beginning_and_an_end_that_are_joined_give_both(phrase: str, window: Window) -> None:
    assert read(phrase, YEAR) == window


@pytest.mark.parametrize("phrase", NOT_JOINED)
def test_what_does_not_join_is_not_read(phrase: str) -> None:
    assert read(phrase, YEAR) is None


def test_the_tables_name_each_phrase_once() -> None:
    phrases = [phrase for phrase, _ in READABLE] + UNREADABLE
    assert len(phrases) == len(set(phrases))


def test_what_recurs_does_so_by_a_word_of_the_table() -> None:
    assert {window.recurring for _, window in READABLE} == set(schema.RECURRING)


# without a year


@pytest.mark.parametrize(
    ("phrase", "window"),
    [
        ("2020年8月", by(8, 31)),
        ("2020年3月—6月", over((3, 1), (6, 30))),
        ("2020年11月—次年2月", over((11, 1), (2021, 2, 28))),
        ("2020年6月、12月", by(12, 31)),
        ("2020年春节前", by(1, 24)),
        ("2020年全年", ALL_YEAR),
        ("十四五末", by(12, 31, 2025)),
        ("2020—2021学年", over((9, 1), (2021, 8, 31))),
        ("长期", ONGOING),
        ("即时", NO_DATE),
        ("每月", MONTHLY),
    ],
)
def test_a_phrase_that_names_its_year_or_needs_none_is_read_without_one(
    phrase: str, window: Window
) -> None:
    assert read(phrase, None) == window


@pytest.mark.parametrize(
    "phrase", ["8月", "明年3月", "全年", "年底前", "春节前", "一季度", "3月起", "每年6月"]
)
@pytest.mark.parametrize("year", [None, 0, -1, 1999, 2100, 10**9])
def test_a_phrase_that_needs_a_year_is_not_read_without_a_usable_one(
    phrase: str, year: int | None
) -> None:
    assert read(phrase, year) is None


def test_the_year_after_the_last_has_months_but_no_moon() -> None:
    assert read("明年3月", 2099) == by(3, 31, 2100)
    assert read("明年春节前", 2099) is None


# with the day of issue


@pytest.mark.parametrize("phrase", ["月底前", "月底", "本月底前完成", "当月末"])
def test_the_end_of_the_month_is_that_of_the_month_of_issue(phrase: str) -> None:
    assert read(phrase, YEAR, date(2020, 2, 10)) == by(2, 29)
    assert read(phrase, None, date(2021, 12, 31)) == by(12, 31, 2021)


@pytest.mark.parametrize(
    ("phrase", "window"), [("6月底前", by(6, 30)), ("6月20日至月底", over((6, 20), (6, 30)))]
)
def test_a_month_that_is_named_is_not_that_of_issue(phrase: str, window: Window) -> None:
    assert read(phrase, YEAR, date(2020, 2, 10)) == window


# counted from 10 March 2026, a Tuesday; 4 to 6 April and 1 to 5 May are days off
ISSUED = date(2026, 3, 10)
COUNTED = [
    ("三个月内", date(2026, 6, 10)),
    ("3个月内", date(2026, 6, 10)),
    ("3个月", date(2026, 6, 10)),
    ("三个月之内完成", date(2026, 6, 10)),
    ("两个月内", date(2026, 5, 10)),
    ("12个月内", date(2027, 3, 10)),
    ("30日内", date(2026, 4, 9)),
    ("三十日以内", date(2026, 4, 9)),
    ("15天内", date(2026, 3, 25)),
    ("15天", date(2026, 3, 25)),
    ("60天内", date(2026, 5, 9)),
    ("一周内", date(2026, 3, 17)),
    ("2个星期内", date(2026, 3, 24)),
    ("半年内", date(2026, 9, 10)),
    ("1年内", date(2027, 3, 10)),
    ("10个工作日内", date(2026, 3, 24)),
    ("十五个工作日", date(2026, 3, 31)),
    ("20工作日内办结", date(2026, 4, 8)),
    ("印发之日起三个月内", date(2026, 6, 10)),
    ("自本通知印发之日起30日内完成", date(2026, 4, 9)),
    ("发文后15个工作日内", date(2026, 3, 31)),
    ("即日起两个月内", date(2026, 5, 10)),
]


@pytest.mark.parametrize(("phrase", "due"), COUNTED)
def test_a_count_begins_on_the_day_of_issue_and_is_unread_without_it(
    phrase: str, due: date
) -> None:
    assert read(phrase, 2026, ISSUED) == Window(ISSUED, due)
    assert read(phrase, None, ISSUED) == Window(ISSUED, due)
    assert read(phrase, 2026) is None


def test_a_month_that_is_shorter_ends_a_count_on_its_last_day() -> None:
    assert read("1个月内", None, date(2026, 1, 31)) == Window(date(2026, 1, 31), date(2026, 2, 28))
    assert read("13个月内", None, date(2023, 1, 31)) == Window(date(2023, 1, 31), date(2024, 2, 29))


@pytest.mark.parametrize(
    "phrase", ["30日", "3月内", "5年", "2周", "半年", "后3个月内", "收到之日起3个月内", "0个月内"]
)
def test_what_may_be_no_count_from_the_day_of_issue_is_none(phrase: str) -> None:
    assert read(phrase, 2026, ISSUED) == read(phrase, 2026)


def test_a_day_of_issue_of_another_time_counts_nothing() -> None:
    assert read("3个月内", 2026, date(9999, 12, 31)) is None


@pytest.mark.parametrize("phrase", ["5月", "12月底前", "全年"])
def test_a_phrase_in_full_is_read_without_the_year(phrase: str) -> None:
    assert read(in_full(phrase, 2022), None) == read(phrase, 2022)


# invariants

YEARS = st.integers(2000, 2099)
MONTHS = st.integers(1, 12)
HAN = "〇一二三四五六七八九"


def han(number: int) -> str:
    """1 to 99 as it is written in Chinese."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else HAN[tens]) + "十" if tens else "") + (HAN[ones] if ones else "")


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


PIECES = st.sampled_from(
    [*"0123456789十一二年月日底前至—、，（）“”每全上下半季度", *(phrase for phrase, _ in READABLE)]
)


@given(
    st.text() | st.lists(PIECES, max_size=12).map("".join),
    st.none() | st.integers(),
    st.none() | st.dates(),
)
def test_any_text_is_a_window_or_unreadable_and_never_starts_after_it_is_due(
    phrase: str, year: int | None, issued: date | None
) -> None:
    window = read(phrase, year, issued)
    assert window is None or isinstance(window, Window)
    if window and window.start and window.due:
        assert window.start <= window.due


@given(st.sampled_from([phrase for phrase, _ in READABLE]), YEARS)
def test_full_width_and_half_width_are_the_same_phrase(phrase: str, year: int) -> None:
    assert (
        read(wide(phrase), year)
        == read(phrase, year)
        == read(unicodedata.normalize("NFKC", phrase), year)
    )


@given(
    st.sampled_from(
        [
            "{}月",
            "{}月底前",
            "{}月前",
            "{}月中旬",
            "{}月起",
            "今年{}月",
            "每月{}日前",
            "8月{}日",
            "第{}季度末",
        ]
    ),
    st.integers(1, 31),
    YEARS,
)
def test_chinese_numerals_and_digits_are_the_same_phrase(
    phrase: str, number: int, year: int
) -> None:
    assert read(phrase.format(han(number)), year) == read(phrase.format(number), year)


@given(YEARS, MONTHS)
def test_a_year_in_chinese_numerals_is_the_same_year(year: int, month: int) -> None:
    written = "".join(HAN[int(digit)] for digit in str(year))
    assert (
        read(f"{written}年{han(month)}月", None)
        == read(f"{year}年{month}月", None)
        == read(f"{month}月", year)
    )


@given(YEARS, MONTHS)
def test_the_end_of_a_month_is_its_last_day(year: int, month: int) -> None:
    last = date(year, month, calendar.monthrange(year, month)[1])
    assert read(f"{month}月底前", year) == read(f"{month}月", year) == Window(None, last)


@given(YEARS, st.integers(2, 12))
def test_before_a_month_is_the_day_before_it_begins(year: int, month: int) -> None:
    assert read(f"{month}月前", year) == Window(None, date(year, month, 1) - timedelta(1))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_writing_of_a_day_is_that_day(day: date) -> None:
    words = f"{day.month}月{day.day}日"
    writings = [
        words,
        f"{words}前",
        f"{day.year}年{words}",
        f"{day:%Y.%m.%d}",
        f"{day:%Y%m%d}",
        f"{day} 00:00:00",
    ]
    assert {read(phrase, day.year) for phrase in writings} == {Window(None, day)}


# the lunar tables of our own against the library's: a lunar month has 29 or 30 days


def feast(name: str, year: int) -> date | None:
    window = read(f"{year}年{name}", None)
    return window.due if window else None


@pytest.mark.parametrize("year", range(2000, 2100))
def test_the_lunar_feasts_of_a_year_lie_as_far_apart_as_the_moon_says(year: int) -> None:
    spring, autumn, seventh, eighth = (
        feast(name, year) for name in ("春节", "中秋", "七夕", "腊八")
    )
    assert spring
    assert autumn
    assert seventh
    assert date(year, 1, 20) < spring < date(year, 2, 22)
    assert (autumn - seventh).days in (37, 38, 66, 67)  # the greater ones with a leap month between
    assert eighth is None or (spring - eighth).days in (22, 23)


# --- in a sentence ---


def test_most_phrases_that_are_read_are_found_in_a_sentence() -> None:
    """Each is read from a cell; in a sentence only those that can be nothing else are found."""
    whole = 0
    for phrase, window in READABLE:
        folded = fold(f"由办公室于{phrase}，报送总结")
        whole += any(
            mention.end - mention.start >= len(fold(phrase)) and mention.window == window
            for mention in find(folded, 0, len(folded))
        )
    assert whole > len(READABLE) / 4


@given(
    st.lists(
        st.sampled_from(
            [*"，。；（）的于由在至—、 前底 0123", *(phrase for phrase, _ in READABLE)]
        ),
        max_size=8,
    ).map("".join)
)
def test_what_is_found_in_a_sentence_is_what_read_reads_alone(sentence: str) -> None:
    folded = fold(sentence)
    end = 0
    for mention in find(folded, 0, len(folded)):
        assert end <= mention.start < mention.end
        end = mention.end
        assert mention.text == folded[mention.start : end]
        assert mention.window in {read(mention.text, year) for year in range(2000, 2100)}
