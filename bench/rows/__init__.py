"""What is measured: a function for each row of the table, in the order of the results."""

from functools import partial

from bench.result import Row
from bench.rows import data, many_readers, one_reader

TABLE = [
    Row(
        "rerun",
        "websocket rerun of the overview, 10 measures",
        against="floor",
        limit=0.30,
        aim=0.20,
        measure=one_reader.rerun,
    ),
    Row(
        "click",
        "filter click → every chart of the overview redrawn",
        against="floor",
        limit=0.85,
        aim=0.75,
        measure=one_reader.click,
    ),
    Row(
        "cold",
        "process start → overview fully drawn in a cold browser",
        against="floor",
        limit=1.0,
        aim=0.9,
        measure=one_reader.cold,
    ),
    Row(
        "bytes",
        "bytes of the first load",
        against="floor",
        limit=0.35,
        aim=0.30,
        measure=one_reader.first_load,
    ),
    Row(
        "slow-line",
        "first view at 10 Mbit/s, 20 ms",
        against="floor",
        limit=0.45,
        aim=0.40,
        measure=one_reader.slow_line,
    ),
    Row(
        "rerun-million",
        "websocket rerun of the overview, 1,000,000 measures",
        against="the same at 10",
        limit=3,
        aim=1.3,
        measure=one_reader.rerun_large,
    ),
    Row(
        "questions",
        "all questions of the overview at 1,000,000",
        against="DuckDB, polars",
        limit=0.1,
        aim=0.05,
        measure=data.questions,
    ),
    Row(
        "read-csv",
        "read and check 1,000,000 rows, CSV",
        against="pandas.read_csv (pyarrow)",
        limit=5,
        aim=3,
        measure=partial(data.read, ending="csv"),
    ),
    Row(
        "read-parquet",
        "read and check 1,000,000 rows, Parquet",
        against="read_parquet",
        limit=5,
        aim=3,
        measure=partial(data.read, ending="parquet"),
    ),
    Row(
        "hundred",
        "p95 of reruns, 100 sessions, one click per 5 s each",
        against="p95 with 1",
        limit=6,
        aim=4,
        measure=many_readers.hundred,
    ),
    Row(
        "attack",
        "p95 of reruns, 24 sessions, while hostile files are read",
        against="the same without",
        limit=1.3,
        aim=1.1,
        measure=many_readers.attacked,
    ),
    Row(
        "capacity",
        "sessions that a process holds with p95 under 250 ms",
        against="floor",
        limit=4,
        aim=8,
        measure=many_readers.capacity,
        at_least=True,
    ),
]
