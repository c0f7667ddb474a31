"""Search for places: by likeness of the words, with a leaning towards what is near.

The words are compared by trigrams without accents or case: "bulevar des mulins" finds the Boulevard des
Moulins. Among what is alike, names that begin with the words come first, then what bears them in its name and
not only beside it, is near, or of a kind that people mean more often.
"""

import re
from dataclasses import dataclass
from math import cos, radians

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, Expression, F, FloatField, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Power, Sqrt

from accounts.callers import Caller
from dispatch.models import SearchPlace, ServiceArea
from dispatch.selectors.areas import find_area
from dispatch.selectors.documents.place import FoundPlace

SHORTEST = 2
# Of six letters typed one may be wrong.
ALIKE = 0.45
# A search that takes longer is given up: the next letter asks again anyway.
TIMEOUT_MS = 1000
METRES_A_DEGREE = 111_320.0
# At this distance nearness counts half.
HALF_M = 1_500.0
WEIGHTS = {"district": 0.06, "street": 0.05, "car_park": 0.05, "poi": 0.04, "charger": 0.0, "address": 0.0}
NUMBERED = 0.15
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Near:
    """From where one looks."""

    lat: float
    lon: float


def search_places(caller: Caller, words: str, near: Near | None, count: int) -> list[FoundPlace]:
    """Find places by their names; the best first. Without a position one looks from the area's middle."""
    wanted = " ".join(words.split())
    if len(wanted) < SHORTEST:
        return []
    area = find_area(caller)
    eye = near or (None if area is None else Near(area.centre_lat, area.centre_lon))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true),"
            " set_config('statement_timeout', %s, true)",
            [str(ALIKE), str(TIMEOUT_MS)],
        )
        rows = list(_ranked(caller, wanted, eye)[:count])
    return [_document(row, near, area) for row in rows]


def fold(text: Expression | F) -> Func:
    """Take accents and case away, as the stored names have lost theirs."""
    return Func(Func(text, function="unaccent"), function="lower", output_field=TextField())


def _ranked(caller: Caller, wanted: str, eye: Near | None) -> QuerySet[SearchPlace]:
    needle = fold(Value(wanted))
    alike = Func(needle, F("folded"), function="word_similarity", output_field=FloatField())
    whole = Func(needle, fold(F("name")), function="similarity", output_field=FloatField())
    begins = Case(When(folded__startswith=needle, then=Value(0.15)), default=Value(0.0))
    score = alike + whole * Value(0.5) + begins + _weight(wanted) + _nearness(eye)
    rows = SearchPlace.objects.of(caller).filter(city=settings.CITY, folded__trigram_word_similar=needle)
    metres = _metres(eye) if eye else Value(None, output_field=FloatField())
    return rows.annotate(metres=metres, score=score).order_by("-score", "name", "id")


def _weight(wanted: str) -> Case:
    weights = {**WEIGHTS, "address": NUMBERED if _DIGIT.search(wanted) else WEIGHTS["address"]}
    whens = [When(kind=kind, then=Value(weight)) for kind, weight in weights.items()]
    return Case(*whens, default=Value(0.0), output_field=FloatField())


def _nearness(eye: Near | None) -> Expression:
    if eye is None:
        return Value(0.0, output_field=FloatField())
    return Value(0.2 * HALF_M) / (_metres(eye) + Value(HALF_M))


def _metres(eye: Near) -> Expression:
    """Give the straight distance; over a city the earth is flat."""
    north = (F("lat") - Value(eye.lat)) * Value(METRES_A_DEGREE)
    east = (F("lon") - Value(eye.lon)) * Value(METRES_A_DEGREE * cos(radians(eye.lat)))
    return Sqrt(Power(north, 2) + Power(east, 2), output_field=FloatField())


def _document(row: SearchPlace, near: Near | None, area: ServiceArea | None) -> FoundPlace:
    metres: float | None = getattr(row, "metres", None)
    return {
        "id": str(row.id),
        "kind": row.kind,
        "name": row.name,
        "detail": row.detail,
        "lat": row.lat,
        "lon": row.lon,
        "site": None if row.site_id is None else str(row.site_id),
        "distance_m": None if near is None or metres is None else round(metres),
        "in_area": area is not None and area.holds(row.lat, row.lon),
    }
