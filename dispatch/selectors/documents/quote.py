"""Quotes, as drivers see them."""

from typing import TypedDict

from dispatch.selectors.documents.common import Id, Instant, Price


class OfferUnit(TypedDict):
    kind: str
    power_kw: float


class OfferDocument(TypedDict):
    id: Id
    kind: str
    relaxes: str
    text: str
    unit: OfferUnit
    arrival_p50: Instant
    arrival_p90: Instant
    ready_p90: Instant
    energy_kwh: float
    soc_after: float
    price: Price
    expires_at: Instant


class RefusingUnitName(TypedDict):
    id: Id
    name: str
    kind: str


class RefusingUnit(TypedDict):
    """Why one unit cannot come: in English, and as facts (rule, by how much, in what) for other words."""

    unit: RefusingUnitName
    code: str
    detail: str
    rule: str
    amount: int
    measure: str


class Refusal(TypedDict):
    code: str
    detail: str
    closest: RefusingUnit | None
    per_unit: list[RefusingUnit]


class QuoteDocument(TypedDict):
    id: Id
    offers: list[OfferDocument]
    refusal: Refusal | None
    alternatives: list[OfferDocument]
    wall_time: Instant
