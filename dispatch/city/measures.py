"""Measures as people tag them: metres and feet, tonnes, whole numbers, opening hours."""

from __future__ import annotations

import re

_METRES = re.compile(r"^(\d+(?:\.\d+)?)(?:\s*m)?$")
_FEET = re.compile(r"^(\d+)\s*(?:'|ft)(?:\s*(\d+(?:\.\d+)?)\s*(?:\"|in)?)?$")
_TONNES = re.compile(r"^(\d+(?:\.\d+)?)(?:\s*t)?$")
_FOOT_M, _INCH_M = 0.3048, 0.0254
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(r"^(?:([A-Za-z ,\-]+?)\s+)?(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$")

type Span = dict[str, object]
"""Open on some days of the week (0 is Monday) from one time of the clock to another, maybe past midnight."""


def read_metres(text: str | None) -> float | None:
    """Read a length in metres, or in feet and inches; None where it says neither."""
    said = (text or "").strip().replace(",", ".")
    if found := _METRES.match(said):
        return float(found[1])
    if found := _FEET.match(said):
        return round(int(found[1]) * _FOOT_M + float(found[2] or 0) * _INCH_M, 3)
    return None


def read_kilograms(text: str | None) -> int | None:
    """Read a weight in tonnes; None where it says something else."""
    found = _TONNES.match((text or "").strip().replace(",", "."))
    return round(float(found[1]) * 1000) if found else None


def read_whole(text: str | None) -> int | None:
    """Read a whole number."""
    return int(text) if text and text.isdigit() else None


def read_hours(text: str | None) -> list[Span] | None:
    """Read opening hours; None is always open, or said in a way that is not read here.

    Days and one span of the clock each, as most car parks have them: ``Mo-Fr 06:00-23:00; Sa 08:00-20:00``.
    """
    said = (text or "").strip()
    if not said or said == "24/7":
        return None
    spans: list[Span] = []
    for rule in said.split(";"):
        span = _read_rule(rule.strip())
        if span is None:
            return None
        spans.append(span)
    return spans


def _read_rule(rule: str) -> Span | None:
    found = _RULE.match(rule)
    days = _read_days(found[1]) if found else None
    if not found or not days:
        return None
    opens, closes = (_clock(found[2]), _clock(found[3]))
    return None if opens is None or closes is None else {"days": days, "from": opens, "to": closes}


def _clock(text: str) -> str | None:
    hours, minutes = (int(part) for part in text.split(":"))
    return f"{hours % 24:02}:{minutes:02}" if hours <= 24 and minutes < 60 else None


def _read_days(text: str | None) -> list[int]:
    if not text:
        return list(range(7))
    days: set[int] = set()
    for part in text.replace(" ", "").split(","):
        ends = part.split("-")
        if len(ends) > 2 or any(end not in _DAYS for end in ends):
            return []
        first, last = _DAYS.index(ends[0]), _DAYS.index(ends[-1])
        days |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return sorted(days)
