"""Every sample notice reads as the table beside it says, and each table goes there and back."""

from pathlib import Path

import pandas as pd
import pytest

from lib import measures, notices
from tests.notices import golden

SAMPLES = [*golden.samples(golden.FOLDER), *golden.samples(golden.FOLDER / "blind")]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_reads_as_its_table_says(path: Path):
    score = golden.Score()
    differences = [
        line for line in golden.compare(path, score) if line.startswith(("-", "+", "can't"))
    ]

    assert differences == []
    assert score.sure_wrong == []


@pytest.mark.no_cover
def test_measures_and_fields_of_all_samples_are_right_in_95_of_100():
    score = golden.Score()
    for path in SAMPLES:
        list(golden.compare(path, score))

    for name in golden.COLUMNS.values():
        assert score.of_field(name).f1 >= 0.95, name


@pytest.mark.parametrize("path", SAMPLES[::4], ids=lambda path: path.stem)
def test_the_table_that_is_written_reads_back_identically(path: Path, tmp_path: Path):
    notice = notices.read(path)
    if not notice.measures:
        return
    out = tmp_path / "table.csv"
    notices.write(notice, out)
    table = measures.read(out)

    assert len(table) == len(notice.measures)
    for row, measure in zip(table.rows.to_dict("records"), notice.measures, strict=True):
        assert row["title"] == measure.cells["title"].text
        assert list(row["leaders"]) == list(measure.cells["leaders"].names)
        assert list(row["lead_departments"]) == list(measure.cells["lead_departments"].names)
        assert list(row["support_departments"]) == list(measure.cells["support_departments"].names)
        assert row["deadline"] == measure.cells["deadline"].text
        assert (None if pd.isna(row["due"]) else row["due"]) == measure.due


def test_the_scorer_counts_what_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "900-x.txt").write_text(
        "1. 修路。（责任部门：工程科；完成时限：8月）\n2. 架桥。（责任部门：工程科）", "utf-8"
    )
    head = "板块,条目,举措,责任领导,牵头部门,配合部门,完成时限,到期日\n"
    (tmp_path / "900-x.expected.csv").write_text(
        head + ",1,修路,,养护科,,8月,\n,2,种树,,园林科,,,\n", "utf-8"
    )
    (tmp_path / "901-y.png").write_bytes(b"\x89PNG....")
    (tmp_path / "901-y.expected.csv").write_text(head + ",1,甲事,,乙科,,,\n", "utf-8")
    monkeypatch.setattr(golden, "FOLDER", tmp_path)

    assert golden.main([]) == 1
    report = capsys.readouterr().out
    assert "'工程科' instead of '养护科'" in report
    assert "missed 2 种树" in report
    assert "can't be read" in report
    assert golden.main(["900", "--accept", "--quiet"]) == 1
    assert golden.main(["900"]) == 0
