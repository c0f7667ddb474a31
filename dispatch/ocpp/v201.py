"""OCPP 2.0.1: its words into reports of ours, and our answers into its words."""

from collections.abc import Callable, Mapping

from ocpp.exceptions import PropertyConstraintViolationError

from dispatch.ocpp.meters import parse_time, read_samples
from dispatch.ocpp.v16 import HEARTBEAT_S, LARGEST, Act, Payload
from dispatch.selectors.render import iso
from dispatch.services.charging import boxes, interlock, transactions
from dispatch.services.charging.links import Scene
from dispatch.services.charging.receipts import once
from dispatch.services.charging.reports import Begin, Box, End, Progress, Which

# What a connector does, in the words the house keeps (those of 1.6 say more than those of 2.0.1).
STATES = {
    "EVConnected": "Preparing",
    "Charging": "Charging",
    "SuspendedEV": "SuspendedEV",
    "SuspendedEVSE": "SuspendedEVSE",
    "Idle": "Finishing",
}


def boot(scene: Scene, call: Payload) -> Payload:
    station = call["chargingStation"]
    firmware = station.get("firmwareVersion", "")
    boxes.boot(scene, Box(station["vendorName"], station["model"], firmware, call["reason"]))
    return {"currentTime": iso(scene.now), "interval": HEARTBEAT_S, "status": "Accepted"}


def heartbeat(scene: Scene, call: Payload) -> Payload:
    return {"currentTime": iso(scene.now)}


def status(scene: Scene, call: Payload) -> Payload:
    boxes.take_status(scene, call["connectorStatus"], "", parse_time(call["timestamp"]))
    return {}


def authorize(scene: Scene, call: Payload) -> Payload:
    token = call["idToken"]["idToken"]
    return {"idTokenInfo": _info(accepted=interlock.may_charge(scene.charger, token))}


def transaction_event(scene: Scene, call: Payload) -> Payload:
    """Take an event once, whatever came before or after it."""
    ref, seq = call["transactionInfo"]["transactionId"], call["seqNo"]
    if not 0 <= seq <= LARGEST or not ref:
        raise PropertyConstraintViolationError
    connector = (call.get("evse") or {}).get("connectorId", 1)
    which = Which(min(max(connector, 0), 99), None, ref)

    def act() -> Payload:
        return _ACTS[call["eventType"]](scene, which, call)

    said = (call["eventType"], call["timestamp"], call.get("meterValue"))
    return once(scene, f"event:{ref}:{seq}", said, act)


def _started(scene: Scene, which: Which, call: Payload) -> Payload:
    at, token = parse_time(call["timestamp"]), (call.get("idToken") or {}).get("idToken", "")
    report = Begin(which, token, at, read_samples(call.get("meterValue", [])), call["seqNo"])
    return {"idTokenInfo": _info(accepted=transactions.begin(scene, report))}


def _updated(scene: Scene, which: Which, call: Payload) -> Payload:
    state = STATES.get(call["transactionInfo"].get("chargingState", ""), "")
    samples = read_samples(call.get("meterValue", []))
    at = parse_time(call["timestamp"])
    transactions.go_on(scene, Progress(which, at, samples, state, call["seqNo"]))
    return {}


def _ended(scene: Scene, which: Which, call: Payload) -> Payload:
    reason = call["transactionInfo"].get("stoppedReason", "Local")
    samples = read_samples(call.get("meterValue", []))
    report = End(which, parse_time(call["timestamp"]), samples, reason, call["seqNo"])
    transactions.end(scene, report)
    return {}


def data_transfer(scene: Scene, call: Payload) -> Payload:
    return {"status": "UnknownVendorId"}


def notification(scene: Scene, call: Payload) -> Payload:
    return {}


def _info(*, accepted: bool) -> Payload:
    return {"status": "Accepted" if accepted else "Invalid"}


_ACTS: Mapping[str, Callable[[Scene, Which, Payload], Payload]] = {
    "Started": _started,
    "Updated": _updated,
    "Ended": _ended,
}
ACTS: Mapping[str, Act] = {
    "BootNotification": boot,
    "Heartbeat": heartbeat,
    "StatusNotification": status,
    "Authorize": authorize,
    "TransactionEvent": transaction_event,
    "MeterValues": notification,
    "DataTransfer": data_transfer,
    "FirmwareStatusNotification": notification,
    "LogStatusNotification": notification,
    "NotifyEvent": notification,
    "NotifyReport": notification,
    "NotifyMonitoringReport": notification,
    "NotifyChargingLimit": notification,
    "NotifyEVChargingNeeds": lambda scene, call: {"status": "Accepted"},
    "NotifyEVChargingSchedule": lambda scene, call: {"status": "Accepted"},
    "ReportChargingProfiles": notification,
    "SecurityEventNotification": notification,
}
