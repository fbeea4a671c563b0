"""Long names are broken into lines, and cut only where no page could show them."""

import pytest

from lib.answers.charts.words import wrapped


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("组宣部", 9, ("组宣部",)),
        ("", 9, ("",)),
        ("市发展和改革委员会办", 9, ("市发展和改", "革委员会办")),  # not nine and one
        (
            "市住房和城乡建设局（市人民防空办公室）",
            9,
            ("市住房和城乡建设局", "（市人民防", "空办公室）"),
        ),
        ("市文广旅局（市体育局）", 12, ("市文广旅局（市体育局）",)),
        ("甲乙丙丁、戊己庚辛", 5, ("甲乙丙丁、", "戊己庚辛")),  # no line begins with a mark
        (
            "深入学习四中全会、省委全会和市委全会精神",
            12,
            ("深入学习四中全会、", "省委全会和市委全会精神"),
        ),
        (
            "甲乙，丙丁戊己庚辛壬癸",
            7,
            ("甲乙，丙丁戊", "己庚辛壬癸"),
        ),  # the clause would cost a line
        ("（市体育局）", 4, ("（市体", "育局）")),
        ("Prof. Alexander Smith", 9, ("Prof. Alexander", "Smith")),
        ("Featherstonehaughs", 9, ("Featherst", "onehaughs")),
        ("12月31日前", 9, ("12月31日前",)),
    ],
)
def test_long_names_wrap_and_are_not_cut(text, limit, lines):
    assert wrapped(text, limit) == lines
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_of_a_text_that_no_page_can_show_the_beginning_is_drawn():
    lines = wrapped("长" * 1_000_000, 20)
    assert len(lines) == 50
    assert lines[-1].endswith("长…")
    assert wrapped("长" * 1000, 20) == ("长" * 20,) * 50
