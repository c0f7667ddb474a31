"""What a charger is told, in the words of its version; and whether its answer means yes."""

from collections.abc import Callable, Mapping
from typing import Any

from dispatch.models import ChargerCommand, Protocol
from dispatch.ocpp.frames import Call, build_call
from dispatch.services.charging.commands import Order

VERB = ChargerCommand.Verb
# Chargers of ours know an energy limit; others answer that they do not, and are stopped from here.
VENDOR = "org.voltrun"
YES = {"Accepted", "Scheduled", "RebootRequired", "Unlocked"}
Said = dict[str, Any]
Words = tuple[str, dict[str, Any]]


def build_order(order: Order, protocol: Protocol) -> Call:
    """Put a command into the words of a version."""
    words = _IN_16 if protocol == Protocol.OCPP16 else _IN_201
    return build_call(*words[VERB(order.verb)](order.said))


def is_accepted(verb: str, answer: Mapping[str, Any]) -> bool:
    """Say whether an answer means yes."""
    if verb == VERB.READ:
        return True
    if verb == VERB.CONFIGURE and "setVariableResult" in answer:
        return all(item["attributeStatus"] in YES for item in answer["setVariableResult"])
    return answer.get("status") in YES


def _profile(said: Said, rate_key: str) -> dict[str, Any]:
    schedule = {
        "chargingRateUnit": "W",
        "chargingSchedulePeriod": [{"startPeriod": 0, "limit": float(said["power_w"])}],
    }
    purpose = {"chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Relative", "stackLevel": 0}
    if rate_key == "id":
        return {"id": 1, **purpose, "chargingSchedule": [{"id": 1, **schedule}]}
    return {"chargingProfileId": 1, **purpose, "chargingSchedule": schedule}


def _start_16(said: Said) -> Words:
    return "RemoteStartTransaction", {"idTag": said["token"], "connectorId": said.get("connector", 1)}


def _start_201(said: Said) -> Words:
    token = {"idToken": said["token"], "type": "Central"}
    # Whoever asks chooses the number; the stop's token names what it is for.
    return "RequestStartTransaction", {
        "idToken": token,
        "remoteStartId": int(said["token"][-7:], 16),
        "evseId": 1,
    }


def _number(said: Said) -> int:
    """Return a transaction's number; one we never gave is part of its name."""
    return int(said["number"] if said["number"] is not None else said["ref"].partition(":")[2])


def _cap_16(said: Said) -> Words:
    profile = _profile(said, "chargingProfileId")
    if said.get("number") is not None:
        profile["transactionId"] = said["number"]
    return "SetChargingProfile", {"connectorId": 1, "csChargingProfiles": profile}


def _cap_201(said: Said) -> Words:
    profile = _profile(said, "id")
    if said.get("ref"):
        profile["transactionId"] = said["ref"]
    return "SetChargingProfile", {"evseId": 1, "chargingProfile": profile}


def _configure_201(said: Said) -> Words:
    component, _, variable = said["key"].rpartition(".")
    data = {
        "attributeValue": said["value"],
        "component": {"name": component or "ChargingStation"},
        "variable": {"name": variable},
    }
    return "SetVariables", {"setVariableData": [data]}


def _read_201(said: Said) -> Words:
    data = [
        {
            "component": {"name": key.rpartition(".")[0] or "ChargingStation"},
            "variable": {"name": key.rpartition(".")[2]},
        }
        for key in said["keys"]
    ]
    return "GetVariables", {"getVariableData": data}


def _limit(said: Said) -> Words:
    data = f'{{"token":"{said["token"]}","energy_wh":{int(said["energy_wh"])}}}'
    return "DataTransfer", {"vendorId": VENDOR, "messageId": "EnergyLimit", "data": data}


def _availability(said: Said) -> str:
    return "Operative" if said["available"] else "Inoperative"


Write = Callable[[Said], Words]
_IN_16: Mapping[str, Write] = {
    VERB.START: _start_16,
    VERB.STOP: lambda said: ("RemoteStopTransaction", {"transactionId": _number(said)}),
    VERB.UNLOCK: lambda said: ("UnlockConnector", {"connectorId": said.get("connector", 1)}),
    VERB.RESET: lambda said: ("Reset", {"type": "Hard" if said.get("hard") else "Soft"}),
    VERB.CONFIGURE: lambda said: ("ChangeConfiguration", {"key": said["key"], "value": said["value"]}),
    VERB.READ: lambda said: ("GetConfiguration", {"key": said["keys"]} if said["keys"] else {}),
    VERB.TRIGGER: lambda said: ("TriggerMessage", {"requestedMessage": said["message"]}),
    VERB.CAP: _cap_16,
    VERB.LIMIT: _limit,
    VERB.AVAILABILITY: lambda said: ("ChangeAvailability", {"connectorId": 1, "type": _availability(said)}),
}
_IN_201: Mapping[str, Write] = {
    VERB.START: _start_201,
    VERB.STOP: lambda said: ("RequestStopTransaction", {"transactionId": said["ref"]}),
    VERB.UNLOCK: lambda said: ("UnlockConnector", {"evseId": 1, "connectorId": said.get("connector", 1)}),
    VERB.RESET: lambda said: ("Reset", {"type": "Immediate" if said.get("hard") else "OnIdle"}),
    VERB.CONFIGURE: _configure_201,
    VERB.READ: _read_201,
    VERB.TRIGGER: lambda said: ("TriggerMessage", {"requestedMessage": said["message"]}),
    VERB.CAP: _cap_201,
    VERB.LIMIT: _limit,
    VERB.AVAILABILITY: lambda said: (
        "ChangeAvailability",
        {"operationalStatus": _availability(said), "evse": {"id": 1}},
    ),
}
