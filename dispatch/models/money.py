"""Money in integers of the minor unit; each line is rounded once, the total is the sum of the lines."""

from collections.abc import Iterable
from typing import TypedDict


class Line(TypedDict):
    code: str
    text: str
    net_minor: int
    tax_rate: float
    tax_minor: int
    gross_minor: int


class PriceValue(TypedDict):
    total_minor: int
    currency: str
    lines: list[Line]


def build_price(currency: str, vat_bp: int, lines: Iterable[tuple[str, str, int]]) -> PriceValue:
    """Build a price from (code, text, net in minor units); tax is rounded half up per line."""
    built = [_line(code, text, net, vat_bp) for code, text, net in lines]
    return {
        "total_minor": sum(line["gross_minor"] for line in built),
        "currency": currency,
        "lines": built,
    }


def _line(code: str, text: str, net_minor: int, vat_bp: int) -> Line:
    tax = (net_minor * vat_bp + 5_000) // 10_000
    return {
        "code": code,
        "text": text,
        "net_minor": net_minor,
        "tax_rate": vat_bp / 10_000,
        "tax_minor": tax,
        "gross_minor": net_minor + tax,
    }


def adds_up(price: PriceValue) -> bool:
    """Say whether each line and the total are the sums they claim to be."""
    lines = price["lines"]
    right = all(line["gross_minor"] == line["net_minor"] + line["tax_minor"] for line in lines)
    return right and price["total_minor"] == sum(line["gross_minor"] for line in lines)
