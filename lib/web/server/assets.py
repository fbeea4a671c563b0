"""An answer of the front end as it goes over the line: compressed once, with its headers.

Streamlit compresses its answers but not the files of its front end, 9.1 of the 9.1 MB of a first
load: it would compress them again at each request. Here each is compressed once and kept.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple


class Codec(NamedTuple):
    """A compression that is built into Arrow: its name there, and the level worth its time."""

    name: str
    level: int


# In the order of preference, the least bytes for about 0.15 s on the largest file, 4.7 MB of
# Plotly: brotli 1.24 MB, gzip 1.42 MB (zstd at 9 is as good as brotli, but fewer browsers know it).
# On plain http browsers offer brotli to loopback only, so an office without a proxy gets gzip.
CODECS: Final = {"br": Codec("brotli", 5), "gzip": Codec("gzip", 6)}
# The level for who comes while the warm-up needs the processor: a fifth of the work, a fifth more
# bytes
QUICK_LEVEL: Final = 1
ETAG_DIGITS: Final = 16
UNCOMPRESSED: Final = "identity"
QUALITY: Final = re.compile(r"q=(\d+(?:\.\d+)?)")  # how much a browser likes a value, 0 to 1

BODY_HEADERS: Final = frozenset({b"content-type", b"content-length", b"content-encoding"})


class Content(NamedTuple):
    """What is sent, before it is compressed.

    kind: the content type.
    cache: for how long a browser may keep it.
    vary: the headers of a request on which it depends.
    """

    body: bytes
    kind: str
    cache: str
    vary: str = "Accept-Encoding"


class Asset(NamedTuple):
    """A body as it goes over the line, its ETag, and the headers that belong to it."""

    etag: str
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def headers_without_body(self) -> list[tuple[bytes, bytes]]:
        """What a 304 says: all that is not about its body."""
        return [header for header in self.headers if header[0] not in BODY_HEADERS]


def pack(content: Content, coding: str, quick: bool) -> Asset:
    """Compress a content.

    Args:
        content: what is sent.
        coding: one of CODECS, or “identity” for none.
        quick: whether the processor is needed for something else.

    Returns:
        The asset. Its ETag names the coding too: two codings of one file are two representations
        (RFC 9110).
    """
    body = content.body
    etag = f"{hashlib.sha256(body).hexdigest()[:ETAG_DIGITS]}-{coding}"
    headers = {
        "Content-Type": content.kind,
        "Cache-Control": content.cache,
        "Vary": content.vary,
    }
    if coding in CODECS:
        body = _compress(body, CODECS[coding], quick)
        headers["Content-Encoding"] = coding
        if quick:
            etag += "-quick"
    headers["Content-Length"] = str(len(body))
    headers["ETag"] = f'"{etag}"'
    lines = [_line(name, value) for name, value in headers.items()]
    return Asset(headers["ETag"], lines, body)


def _line(name: str, value: str) -> tuple[bytes, bytes]:
    """A header as ASGI wants it."""
    return name.lower().encode(), value.encode()


def _compress(body: bytes, codec: Codec, quick: bool) -> bytes:
    import pyarrow  # not at the top: 170 ms that the port would open later

    level = QUICK_LEVEL if quick else codec.level
    compressed: bytes = pyarrow.Codec(codec.name, compression_level=level).compress(
        body, asbytes=True
    )
    return compressed


def by_preference(header: str) -> list[str]:
    """The values of an Accept-… header, best first, without those that are refused (q=0)."""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        value, _, parameters = part.partition(";")
        quality = QUALITY.search(parameters)
        weight = float(quality[1]) if quality else 1.0
        is_refused = weight == 0
        if not is_refused:
            weights.setdefault(value.strip(), weight)
    return sorted(weights, key=weights.__getitem__, reverse=True)


def coding_for(header: str) -> str:
    """Which compression to send: the best of ours that the browser takes."""
    accepted = by_preference(header)
    return next((coding for coding in CODECS if coding in accepted), UNCOMPRESSED)
