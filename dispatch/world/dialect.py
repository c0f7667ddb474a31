"""What a charger says, in the words of its version."""

from dataclasses import dataclass
from typing import Any, Protocol

from dispatch.world.times import format_instant

Payload = dict[str, Any]
Words = tuple[str, Payload]
FAULTED, GROUND_FAULT = "Faulted", "GroundFault"
VENDOR, MODEL = "Voltrun Works", "Outlet One"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the meter shows at an instant; the car says its level, a pack of ours does not."""

    at: float
    wh: int
    power_w: int
    soc: float | None = None
    offered_w: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a charger was told to do, of what matters here."""

    verb: str
    token: str = ""
    transaction: str = ""
    operative: bool = True


class Dialect(Protocol):
    """The words of one version. `ref` is the charger's name for a transaction, `number` the server's."""

    def boot(self, reason: str) -> Words: ...
    def status(self, status: str, at: float) -> Words: ...
    def begin(self, ref: str, token: str, reading: Reading) -> Words: ...
    def sample(self, ref: str, number: int | None, seq: int, reading: Reading) -> Words: ...
    def end(self, ref: str, number: int | None, seq: int, reading: Reading, reason: str) -> Words: ...
    def read(self, action: str, payload: Payload) -> Told | None: ...


class Dialect16:
    """OCPP 1.6."""

    def boot(self, reason: str) -> Words:
        return "BootNotification", {"chargePointVendor": VENDOR, "chargePointModel": MODEL}

    def status(self, status: str, at: float) -> Words:
        return "StatusNotification", {
            "connectorId": 1,
            "errorCode": "GroundFailure" if status == FAULTED else "NoError",
            "status": status,
            "timestamp": format_instant(at),
        }

    def begin(self, ref: str, token: str, reading: Reading) -> Words:
        at = format_instant(reading.at)
        return "StartTransaction", {
            "connectorId": 1,
            "idTag": token,
            "meterStart": reading.wh,
            "timestamp": at,
        }

    def sample(self, ref: str, number: int | None, seq: int, reading: Reading) -> Words:
        values = [{"timestamp": format_instant(reading.at), "sampledValue": _list_values(reading, str)}]
        return "MeterValues", {"connectorId": 1, "transactionId": number, "meterValue": values}

    def end(self, ref: str, number: int | None, seq: int, reading: Reading, reason: str) -> Words:
        return "StopTransaction", {
            "transactionId": number,
            "meterStop": reading.wh,
            "timestamp": format_instant(reading.at),
            "reason": "Other" if reason == GROUND_FAULT else reason,
        }

    def read(self, action: str, payload: Payload) -> Told | None:
        match action:
            case "RemoteStartTransaction":
                return Told("start", token=payload["idTag"])
            case "RemoteStopTransaction":
                return Told("stop", transaction=str(payload["transactionId"]))
            case "ChangeAvailability":
                return Told("availability", operative=payload["type"] == "Operative")
        return _read_common(action)


class Dialect201:
    """OCPP 2.0.1."""

    def boot(self, reason: str) -> Words:
        return "BootNotification", {
            "reason": reason,
            "chargingStation": {"vendorName": VENDOR, "model": MODEL},
        }

    def status(self, status: str, at: float) -> Words:
        shown = status if status in ("Available", "Unavailable", FAULTED) else "Occupied"
        words = {"evseId": 1, "connectorId": 1, "connectorStatus": shown, "timestamp": format_instant(at)}
        return "StatusNotification", words

    def begin(self, ref: str, token: str, reading: Reading) -> Words:
        event = self._event("Started", "RemoteStart", ref, 0, reading)
        return "TransactionEvent", {**event, "idToken": {"idToken": token, "type": "Central"}}

    def sample(self, ref: str, number: int | None, seq: int, reading: Reading) -> Words:
        return "TransactionEvent", self._event("Updated", "MeterValuePeriodic", ref, seq, reading)

    def end(self, ref: str, number: int | None, seq: int, reading: Reading, reason: str) -> Words:
        event = self._event("Ended", "StopAuthorized", ref, seq, reading)
        event["transactionInfo"] = {"transactionId": ref, "stoppedReason": reason}
        return "TransactionEvent", event

    def read(self, action: str, payload: Payload) -> Told | None:
        match action:
            case "RequestStartTransaction":
                return Told("start", token=payload["idToken"]["idToken"])
            case "RequestStopTransaction":
                return Told("stop", transaction=payload["transactionId"])
            case "ChangeAvailability":
                return Told("availability", operative=payload["operationalStatus"] == "Operative")
        return _read_common(action)

    def _event(self, type_: str, why: str, ref: str, seq: int, reading: Reading) -> Payload:
        at = format_instant(reading.at)
        return {
            "eventType": type_,
            "timestamp": at,
            "triggerReason": why,
            "seqNo": seq,
            "transactionInfo": {"transactionId": ref, "chargingState": "Charging"},
            "evse": {"id": 1, "connectorId": 1},
            "meterValue": [{"timestamp": at, "sampledValue": _list_values(reading, float)}],
        }


def _list_values(reading: Reading, write: Any) -> list[Payload]:
    values = [
        {"value": write(reading.wh), "measurand": "Energy.Active.Import.Register"},
        {"value": write(reading.power_w), "measurand": "Power.Active.Import"},
    ]
    if reading.offered_w is not None:
        values.append({"value": write(reading.offered_w), "measurand": "Power.Offered"})
    if reading.soc is not None:
        values.append({"value": write(round(reading.soc * 100, 1)), "measurand": "SoC"})
    return values


def _read_common(action: str) -> Told | None:
    verbs = {
        "UnlockConnector": "unlock",
        "Reset": "reset",
        "TriggerMessage": "trigger",
        "SetChargingProfile": "cap",
    }
    return Told(verbs[action]) if action in verbs else None


DIALECTS: dict[str, Dialect] = {"ocpp1.6": Dialect16(), "ocpp2.0.1": Dialect201()}
