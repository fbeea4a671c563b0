"""How bright a colour is, and how far two stand apart, as WCAG 2 counts it."""

from __future__ import annotations

from lib.answers import palette


def luminance(colour: str) -> float:
    """The relative luminance of `#RRGGBB`, 0 for black and 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in palette.channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(colour: str, background: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(colour), luminance(background)))
    return (lighter + 0.05) / (darker + 0.05)
