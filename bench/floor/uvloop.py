"""The floor is what `pip install streamlit` gives: without uvloop, which the board brings along."""

raise ModuleNotFoundError("uvloop")
