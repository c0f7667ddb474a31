"""OCPP 2.0.1: its words into reports of ours, and our answers into its words."""

from collections.abc import Callable, Mapping

from ocpp.exceptions import PropertyConstraintViolationError

from dispatch.ocpp.meters import parse_time, read_samples
from dispatch.ocpp.v16 import HEARTBEAT_S, LARGEST, Act, Payload
from dispatch.selectors.render import iso
from dispatch.services.charging import boxes, interlock, transactions
from dispatch.services.charging.links import Scene
from dispatch.services.charging.receipts import once
from dispatch.services.charging.reports import Begin, Box, End, Progress, Told, Which

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
    which = _which(call)

    def act() -> Payload:
        return _ACTS[call["eventType"]](scene, which, call)

    return once(scene, _name(call), _said(call), act)


def find_told(call: Payload) -> Told | None:
    """Find what an event tells of a transaction that goes on."""
    if call["eventType"] != "Updated" or not call.get("meterValue"):
        return None
    return Told(_progress(_which(call), call), _name(call), _said(call))


def _which(call: Payload) -> Which:
    ref = call["transactionInfo"]["transactionId"]
    if not 0 <= call["seqNo"] <= LARGEST or not ref:
        raise PropertyConstraintViolationError
    connector = (call.get("evse") or {}).get("connectorId", 1)
    return Which(min(max(connector, 0), 99), None, ref)


def _name(call: Payload) -> str:
    return f"event:{call['transactionInfo']['transactionId']}:{call['seqNo']}"


def _said(call: Payload) -> object:
    return call["eventType"], call["timestamp"], call.get("meterValue")


def _started(scene: Scene, which: Which, call: Payload) -> Payload:
    at, token = parse_time(call["timestamp"]), (call.get("idToken") or {}).get("idToken", "")
    report = Begin(which, token, at, read_samples(call.get("meterValue", [])), call["seqNo"])
    return {"idTokenInfo": _info(accepted=transactions.begin(scene, report))}


def _updated(scene: Scene, which: Which, call: Payload) -> Payload:
    transactions.go_on(scene, _progress(which, call))
    return {}


def _progress(which: Which, call: Payload) -> Progress:
    state = STATES.get(call["transactionInfo"].get("chargingState", ""), "")
    samples = read_samples(call.get("meterValue", []))
    return Progress(which, parse_time(call["timestamp"]), samples, state, call["seqNo"])


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
