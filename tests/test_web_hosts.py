"""Names and addresses: this machine's own, those in headers, those of the setting."""

from __future__ import annotations

import pytest

from lib.web import hosts


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_this_machine(host: str) -> None:
    assert hosts.is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "0.0.0.0", "::", "10.0.0.5", "::ffff:10.0.0.5", "board.example", "127.0.0.1.example"],
)
def test_all_else_is_open_to_others(host: str) -> None:
    assert not hosts.is_loopback(host)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("board.example", "board.example"),
        ("Board.Example:8501", "board.example"),
        ("127.0.0.1:8501", "127.0.0.1"),
        ("[::1]:8501", "::1"),
        ("localhost:", "localhost"),
        # No name, or another that looks like one
        ("", ""),
        (":8501", ""),
        ("localhost:port", ""),
        ("localhost:99999", ""),
        ("evil.test@localhost", ""),
        ("localhost@evil.test", ""),
        ("localhost/evil.test", ""),
        ("localhost?evil.test", ""),
        ("localhost#evil.test", ""),
        ("[localhost", ""),
        ("localhost]", ""),
        ("local\thost", ""),
    ],
)
def test_the_name_in_a_host_header_stands_before_the_port(host: str, name: str) -> None:
    assert hosts.name_in(host) == name


@pytest.mark.parametrize(
    ("origin", "place"),
    [
        ("http://localhost:8501", "localhost:8501"),
        ("https://board.example", "board.example"),
        ("null", ""),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_the_place_in_an_origin_is_written_like_a_host_header(origin: str, place: str) -> None:
    assert hosts.place_of(origin) == place


@pytest.mark.parametrize(
    ("setting", "names"),
    [
        (None, set()),
        ("", set()),
        (" , ", set()),
        ("board.example", {"board.example"}),
        ("Board.Example, 10.0.0.5", {"board.example", "10.0.0.5"}),
    ],
)
def test_the_environment_names_the_board_for_others(
    monkeypatch: pytest.MonkeyPatch, setting: str | None, names: set[str]
) -> None:
    monkeypatch.delenv(hosts.SETTING, raising=False)
    if setting is not None:
        monkeypatch.setenv(hosts.SETTING, setting)
    assert hosts.allowed() == names
