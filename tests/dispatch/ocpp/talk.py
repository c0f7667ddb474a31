"""What chargers say in either version, said shortly: one story is told in both."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dispatch.selectors.render import iso
from tests.dispatch.ocpp.station import Station


@dataclass
class Talk:
    """A transaction as a charger tells it. `number` is what we answered (1.6), `ref` its own name (2.0.1)."""

    station: Station
    token: str
    ref: str = "T-1"
    number: int = 0
    seq: int = -1

    @property
    def is_16(self) -> bool:
        return self.station.protocol == "ocpp1.6"

    async def boot(self) -> dict[str, Any]:
        if self.is_16:
            return await self.station.call(
                "BootNotification", {"chargePointVendor": "Volta", "chargePointModel": "One"}
            )
        box = {"vendorName": "Volta", "model": "One"}
        return await self.station.call("BootNotification", {"reason": "PowerUp", "chargingStation": box})

    async def start(self, at: datetime, wh: int) -> str:
        """Begin; returns what the token was answered."""
        answer = await self.station.call(*self.start_words(at, wh))
        self.seq = max(self.seq, 0)
        if not self.is_16:
            return str(answer["idTokenInfo"]["status"])
        self.number = answer["transactionId"]
        return str(answer["idTagInfo"]["status"])

    def start_words(self, at: datetime, wh: int) -> tuple[str, dict[str, Any]]:
        if self.is_16:
            words = {"connectorId": 1, "idTag": self.token, "meterStart": wh, "timestamp": iso(at)}
            return "StartTransaction", words
        event = self.event("Started", at, wh, seq=0)
        return "TransactionEvent", {**event, "idToken": {"idToken": self.token, "type": "Central"}}

    async def meter(self, at: datetime, wh: int, **more: Any) -> None:
        await self.station.call(*self.meter_words(at, wh, **more))

    def meter_words(self, at: datetime, wh: int, **more: Any) -> tuple[str, dict[str, Any]]:
        if self.is_16:
            values = [{"timestamp": iso(at), "sampledValue": sampled(wh, text=True, **more)}]
            return "MeterValues", {"connectorId": 1, "transactionId": self.number, "meterValue": values}
        self.seq += 1
        return "TransactionEvent", self.event("Updated", at, wh, seq=self.seq, **more)

    async def stop(self, at: datetime, wh: int, reason: str = "Local") -> None:
        await self.station.call(*self.stop_words(at, wh, reason))

    def stop_words(self, at: datetime, wh: int, reason: str = "Local") -> tuple[str, dict[str, Any]]:
        if self.is_16:
            words = {"transactionId": self.number, "meterStop": wh, "timestamp": iso(at), "reason": reason}
            return "StopTransaction", words
        self.seq += 1
        event = self.event("Ended", at, wh, seq=self.seq)
        event["transactionInfo"]["stoppedReason"] = reason
        return "TransactionEvent", event

    def event(self, type_: str, at: datetime, wh: int, seq: int, **more: Any) -> dict[str, Any]:
        return {
            "eventType": type_,
            "timestamp": iso(at),
            "triggerReason": "MeterValuePeriodic",
            "seqNo": seq,
            "transactionInfo": {"transactionId": self.ref, "chargingState": "Charging"},
            "evse": {"id": 1, "connectorId": 1},
            "meterValue": [{"timestamp": iso(at), "sampledValue": sampled(wh, text=False, **more)}],
        }


def sampled(
    wh: int, *, text: bool, power_w: int | None = None, soc: float | None = None
) -> list[dict[str, Any]]:
    """Say a register, and perhaps power and level, as the version writes numbers."""
    write: Any = str if text else float
    values = [{"value": write(wh), "measurand": "Energy.Active.Import.Register"}]
    if power_w is not None:
        values.append({"value": write(power_w), "measurand": "Power.Active.Import"})
    if soc is not None:
        values.append({"value": write(round(soc * 100, 1)), "measurand": "SoC"})
    return values
