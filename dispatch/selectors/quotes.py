"""The answers to drivers' wishes."""

from uuid import UUID

from django.db.models import Prefetch

from accounts.callers import Caller
from dispatch import clock
from dispatch.models import Offer, Quote
from dispatch.selectors.documents.quote import OfferDocument, QuoteDocument
from dispatch.selectors.render import iso, kilo


def get_quote_document(caller: Caller, quote_id: UUID) -> QuoteDocument:
    """Return a quote with its offers; `wall_time` is what `expires_at` counts against."""
    offers_of = Prefetch("offers", Offer.objects.of(caller).select_related("unit__charger"))
    quote = Quote.objects.of(caller).prefetch_related(offers_of).get(id=quote_id)
    offers = [_offer(offer) for offer in quote.offers.all()]
    return {
        "id": str(quote.id),
        "offers": [offer for offer in offers if not offer["relaxes"]],
        "refusal": quote.refusal,
        "alternatives": [offer for offer in offers if offer["relaxes"]],
        "wall_time": iso(clock.wall()),
    }


def _offer(offer: Offer) -> OfferDocument:
    return {
        "id": str(offer.id),
        "kind": offer.kind,
        "relaxes": offer.relaxes,
        "text": offer.text,
        "unit": {"kind": offer.unit.kind, "power_kw": kilo(offer.unit.charger.power_w)},
        "arrival_p50": iso(offer.arrival_p50),
        "arrival_p90": iso(offer.arrival_p90),
        "ready_p90": iso(offer.ready_p90),
        "energy_kwh": kilo(offer.energy_wh),
        "soc_after": offer.soc_after,
        "price": offer.price,
        "expires_at": iso(offer.expires_at),
    }
