"""OCPP 1.6J: its words into reports of ours, and our answers into its words."""

from collections.abc import Callable, Mapping
from typing import Any

from dispatch.ocpp.meters import parse_time, read_register, read_samples
from dispatch.selectors.render import iso
from dispatch.services.charging import boxes, interlock, transactions
from dispatch.services.charging.links import Scene
from dispatch.services.charging.receipts import once
from dispatch.services.charging.reports import Begin, Box, End, Progress, Sample, Told, Which

Payload = dict[str, Any]
HEARTBEAT_S = 60
# A transaction id is a signed 32-bit number; chargers say -1 or 0 for one they were never given.
LARGEST = 2**31 - 1


def boot(scene: Scene, call: Payload) -> Payload:
    box = Box(call["chargePointVendor"], call["chargePointModel"], call.get("firmwareVersion", ""))
    boxes.boot(scene, box)
    return {"currentTime": iso(scene.now), "interval": HEARTBEAT_S, "status": "Accepted"}


def heartbeat(scene: Scene, call: Payload) -> Payload:
    return {"currentTime": iso(scene.now)}


def status(scene: Scene, call: Payload) -> Payload:
    said_at = parse_time(call["timestamp"]) if "timestamp" in call else None
    # Connector 0 is the charger as a whole; each of ours has one outlet.
    boxes.take_status(scene, call["status"], call["errorCode"], said_at)
    return {}


def authorize(scene: Scene, call: Payload) -> Payload:
    return {"idTagInfo": _tag(accepted=interlock.may_charge(scene.charger, call["idTag"]))}


def start(scene: Scene, call: Payload) -> Payload:
    """Begin once, however often and under whatever message id it is said."""
    connector, meter, token = call["connectorId"], call["meterStart"], call["idTag"]
    key = f"start:{connector}:{meter}:{call['timestamp']}:{token}"

    def act() -> Payload:
        number = transactions.next_number(scene)
        sample = Sample(parse_time(call["timestamp"]), register_wh=read_register(meter))
        report = Begin(_which(connector, number), token, sample.at, (sample,))
        accepted = transactions.begin(scene, report)
        return {"transactionId": number, "idTagInfo": _tag(accepted=accepted)}

    return once(scene, key, key, act)


def meter_values(scene: Scene, call: Payload) -> Payload:
    """Take values of a transaction; those of none are kept as frames only."""
    told = find_told(call)
    if told is not None:
        transactions.go_on(scene, told.progress)
    return {}


def find_told(call: Payload) -> Told | None:
    """Find what values of a transaction tell; their readings' own names make them heard once."""
    samples = read_samples(call["meterValue"])
    number = call.get("transactionId")
    if number is None or not 0 <= number <= LARGEST or not samples:
        return None
    which = _which(call["connectorId"], number)
    return Told(Progress(which, max(s.at for s in samples), samples))


def stop(scene: Scene, call: Payload) -> Payload:
    """End once."""
    number, meter, at = call["transactionId"], call["meterStop"], parse_time(call["timestamp"])
    samples = (
        *read_samples(call.get("transactionData", [])),
        Sample(at, register_wh=read_register(meter)),
    )
    known = 0 <= number <= LARGEST
    which = Which(1, number) if known else Which(1, None, f"1.6:{meter}:{int(at.timestamp())}")
    report = End(which, at, samples, call.get("reason", "Local"))

    def act() -> Payload:
        transactions.end(scene, report)
        return {}

    key = f"stop:{number}" if known else f"stop:{which.ref}"
    return once(scene, key, (meter, at), act)


def data_transfer(scene: Scene, call: Payload) -> Payload:
    return {"status": "UnknownVendorId"}


def notification(scene: Scene, call: Payload) -> Payload:
    return {}


def _which(connector: int, number: int) -> Which:
    return Which(min(max(connector, 0), 99), number)


def _tag(*, accepted: bool) -> Payload:
    return {"status": "Accepted" if accepted else "Invalid"}


Act = Callable[[Scene, Payload], Payload]
FindTold = Callable[[Payload], Told | None]
ACTS: Mapping[str, Act] = {
    "BootNotification": boot,
    "Heartbeat": heartbeat,
    "StatusNotification": status,
    "Authorize": authorize,
    "StartTransaction": start,
    "MeterValues": meter_values,
    "StopTransaction": stop,
    "DataTransfer": data_transfer,
    "DiagnosticsStatusNotification": notification,
    "FirmwareStatusNotification": notification,
    "LogStatusNotification": notification,
    "SecurityEventNotification": notification,
    "SignedFirmwareStatusNotification": notification,
}
