"""The engine's reasons, as people would say them; the codes stay beside for programs."""

from routing.search.diagnosis import UnitMiss

WORDS = {
    "window": "would come too late",
    "finish_by": "would not be done in time",
    "access": "finds the place closed",
    "shift": "is not on duty long enough",
    "break": "would miss its break",
    "energy": "lacks energy",
    "way_to_plug": "would not reach a plug afterwards",
    "connector": "has no connector that fits",
    "power": "has too little power",
    "voltage": "does not fit the car's voltage",
    "height": "is too high for the way in",
    "weight": "is too heavy for the way in",
    "kind": "is not admitted there",
    "site": "works in another car park",
    "plug_conflict": "finds its plug taken",
    "lock": "is locked to other work",
}


def build_sentence(miss: UnitMiss) -> str:
    """Say in a few words what stands in a unit's way, and by how much."""
    return build_rule_sentence(miss.rule, miss.amount, miss.measure)


def build_rule_sentence(rule: str, amount: int, measure: str) -> str:
    """Say in a few words which rule is broken, and by how much."""
    words = WORDS.get(rule, rule.replace("_", " "))
    told = _amount(amount, measure)
    return f"{words} by {told}" if told else words


def _amount(amount: int, measure: str) -> str:
    if not amount:
        return ""
    if measure == "s":
        return f"{max(1, round(amount / 60))} min"
    if measure == "wh":
        return f"{amount / 1000:.1f} kWh"
    if measure == "mm":
        return f"{amount / 1000:.2f} m"
    return f"{amount} {measure}" if measure in {"kg", "w", "v"} else ""
