"""The floor: the plainest page with four charts, a small table and one filter.

No tricks, no settings, no caching.
What the board is measured against: ``streamlit run bench/floor/app.py``.
"""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(page_title="Floor", layout="wide")

frame = pd.DataFrame(
    {
        "name": [
            "组宣部",
            "办公室",
            "财务部",
            "经审办",
            "机关党委",
            "女工部",
            "保障部",
            "法律部",
            "网络部",
            "教科文卫体工会",
        ],
        "lead": [8, 2, 1, 3, 5, 4, 2, 6, 3, 1],
        "support": [2, 6, 4, 4, 6, 3, 5, 1, 2, 10],
        "list": ["甲", "乙", "甲", "乙", "甲", "乙", "甲", "乙", "甲", "乙"],
    }
)
months = [f"{month}月" for month in range(1, 13)]

chosen = st.selectbox("清单", ["全部", "甲", "乙"], key="pick")
weight = {"全部": 1, "甲": 2, "乙": 3}[chosen]
weighted = frame.assign(lead=frame["lead"] * weight, support=frame["support"] * weight)
due = [(month * 7 * weight) % 11 + 1 for month in range(1, 13)]

st.title("四张图")
left, right = st.columns(2)
left.plotly_chart(
    go.Figure(go.Bar(x=weighted["lead"], y=weighted["name"], orientation="h")), key="lead"
)
right.plotly_chart(
    go.Figure(go.Bar(x=weighted["support"], y=weighted["name"], orientation="h")), key="support"
)
left.plotly_chart(go.Figure(go.Bar(x=months, y=due)), key="due")
right.plotly_chart(
    go.Figure(
        [
            go.Bar(x=weighted["name"], y=weighted["lead"]),
            go.Bar(x=weighted["name"], y=weighted["support"]),
        ]
    ),
    key="both",
)
st.dataframe(weighted)
