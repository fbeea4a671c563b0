"""What a browser holds of the widgets on a page and sends with every rerun: their values.

They are Streamlit's protobuf. A browser sends the values of all widgets that are mounted, not only
of the one that was changed: a server that gets less takes the others for gone. It also writes the
value of a widget that is bound to the address into the address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.WidgetStates_pb2 import WidgetState

Setter = Callable[[WidgetState, Any], None]


def _text(state: WidgetState, element: Any) -> None:
    value = element.value if element.set_value else element.default
    if value:
        state.string_value = value


def _date(state: WidgetState, element: Any) -> None:
    state.string_array_value.data.extend(element.value if element.set_value else element.default)


def _several(state: WidgetState, element: Any) -> None:
    names = [getattr(option, "content", option) for option in element.options]
    values = [names[index] for index in element.default]
    if element.set_value:
        values = element.raw_values
    state.string_array_value.data.extend(values)


def _one(state: WidgetState, element: Any) -> None:
    if element.set_value and element.HasField("raw_value"):
        state.string_value = element.raw_value
    elif not element.set_value and element.HasField("default"):
        state.string_value = element.options[element.default]


def _number(state: WidgetState, element: Any) -> None:
    field = "value" if element.set_value else "default"
    if element.HasField(field):
        state.double_value = getattr(element, field)


def _switch(state: WidgetState, element: Any) -> None:
    state.bool_value = element.value if element.set_value else element.default


HELD: dict[str, Setter] = {
    "button_group": _several,
    "checkbox": _switch,
    "date_input": _date,
    "multiselect": _several,
    "number_input": _number,
    "selectbox": _one,
    "text_input": _text,
}


def held(kind: str, element: Any) -> WidgetState | None:
    """Give the value of a widget as the server drew it; None for one that holds none: a button."""
    if kind not in HELD:
        return None
    state = WidgetState(id=element.id)
    HELD[kind](state, element)
    return state


def pressed(kind: str, element: Any, value: Any) -> WidgetState:
    """The widget after a reader has pressed it or given it a value."""
    state = WidgetState(id=element.id)
    if kind == "button":
        state.trigger_value = True
    elif kind == "selectbox":
        state.string_value = value
    elif kind == "date_input":
        state.string_array_value.data.append(value)
    else:
        raise ValueError(f"don't know how to press a {kind}")
    return state


def address(query: str, element: Any, value: Any) -> str:
    """The query string after the change, where the widget is bound to it."""
    key = getattr(element, "query_param_key", "")
    if not key:
        return query
    kept = [(name, old) for name, old in parse_qsl(query) if name != key]
    return urlencode([*kept, (key, value)])
