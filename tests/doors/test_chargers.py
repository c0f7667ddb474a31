"""Every action of a charger, said by one that is not meant: it speaks of itself alone, whatever it names."""

import json
from typing import Any

import pytest
from django.db import transaction

from dispatch import clock
from dispatch.ocpp.calls import ACTS
from dispatch.services.charging.interlock import token_of
from dispatch.services.charging.links import open_link
from tests.doors.cases.chargers import SAID
from tests.doors.charge import *  # noqa: F403  # fixtures are found by name
from tests.doors.charge import Charge, say


def test_every_action_has_a_case():
    assert {protocol: set(acts) for protocol, acts in ACTS.items()} == {
        protocol: set(said) for protocol, said in SAID.items()
    }


@pytest.mark.parametrize("who", ["neighbour", "stranger"])
@pytest.mark.parametrize("shared", [False, True], ids=["alone", "shared"])
def test_what_another_charger_says_is_about_itself(charge, db, who, shared):
    before = charge.known
    for action, words in SAID[charge.protocol].items():
        link = open_link(charge.others[who], charge.protocol, clock.wall())
        with transaction.atomic():
            for said in words:
                frame = say(link, action, charge.fill(said), shared=shared)
                assert is_harmless(action, frame, charge), (action, frame)
            assert charge.known == before, action
            transaction.set_rollback(True)


def is_harmless(action: str, frame: list[Any], charge: Charge) -> bool:
    """Say whether an answer lets nobody charge and tells nothing: a token opens its own charger alone."""
    told = json.dumps(frame)
    opens = action in ("Authorize", "StartTransaction", "TransactionEvent") and "Accepted" in told
    return frame[0] == 3 and not opens and not any(secret in told for secret in secrets(charge))


def secrets(charge: Charge) -> set[str]:
    return {str(charge.stop.id), str(charge.stop.request_id), str(charge.azur.id), token_of(charge.stop)}
