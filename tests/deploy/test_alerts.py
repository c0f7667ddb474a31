"""The alert rules we give as an example: each can be read, and each asks for figures that there are."""

import re
from pathlib import Path

import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from dispatch import tally
from tests.cast import open_door
from tests.small_world import build_world

RULES = Path(__file__).parents[2] / "deploy" / "alerts.yaml"
ALERTS = [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]
# What Prometheus itself knows of whom it scrapes, and what is said only once arrivals were judged.
ELSEWHERE = {"up", "voltrun_eta_covers_p90", "voltrun_eta_samples"}
LENGTH = re.compile(r"\d+[smhd]")


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_a_rule_can_be_read_and_says_what_to_do(rule):
    promql_parser.parse(rule["expr"])
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert set(rule["annotations"]) == {"summary", "action"}
    assert LENGTH.fullmatch(rule.get("for", "1m"))


def test_nonsense_would_be_found():
    with pytest.raises(ValueError, match=r"parse error|unexpected|unclosed|invalid"):
        promql_parser.parse("max(rate(voltrun_sweeps_total[5m])")


@pytest.fixture
def told(db) -> dict[str, set[tuple[str, str]]]:
    """Every sample that /metrics says, with the labels it has."""
    build_world()
    tally.flush()
    found: dict[str, set[tuple[str, str]]] = {}
    for family in text_string_to_metric_families(open_door().get("/metrics").content.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels.items())
    return found


def test_each_rule_asks_for_figures_and_labels_there_are(told):
    for rule in ALERTS:
        for name, labels in list_selectors(rule["expr"]):
            if name in ELSEWHERE:
                continue
            assert name in told, f"{rule['alert']} asks for {name}"
            for label, value in labels:
                assert {value} - {found for key, found in told[name] if key == label} == set(), rule["alert"]


def list_selectors(expression: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """List the names and the labels an expression asks for; `a|b` asks for both."""
    found = []
    for name, inside in re.findall(r"\b(up|voltrun_\w+)(?:\{([^}]*)\})?", expression):
        pairs = re.findall(r"(\w+)=~?\"([^\"]*)\"", inside)
        found.append((name, [(label, value) for label, text in pairs for value in text.split("|")]))
    return found
