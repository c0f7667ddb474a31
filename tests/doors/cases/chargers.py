"""What a charger may say, said as if Azur's transaction and stop were its own: both versions, every action.

`{number}`, `{ref}` and `{token}` are Azur's: what another charger would have to guess, or was told.
"""

from typing import Any

from dispatch.models import Protocol

NOW = "2026-06-10T10:30:00Z"
REGISTER = 9_000_000
SAMPLED = {"value": REGISTER, "measurand": "Energy.Active.Import.Register"}
VALUES_16 = [{"timestamp": NOW, "sampledValue": [{**SAMPLED, "value": str(REGISTER)}]}]
VALUES_201 = [{"timestamp": NOW, "sampledValue": [SAMPLED]}]
IDLE = {"status": "Idle"}
REPORT = {"requestId": 1, "generatedAt": NOW, "seqNo": 0}
EVENT = {
    "eventId": 1, "timestamp": NOW, "trigger": "Alerting", "actualValue": "1",
    "eventNotificationType": "HardWiredNotification", "component": {"name": "C"}, "variable": {"name": "V"},
}  # fmt: skip
SCHEDULE = {
    "id": 1,
    "chargingRateUnit": "W",
    "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 1.0}],
}
PROFILE = {
    "id": 1, "stackLevel": 0, "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Absolute",
    "transactionId": "{ref}", "chargingSchedule": [SCHEDULE],
}  # fmt: skip


def event(type_: str, seq: int) -> dict[str, Any]:
    return {
        "eventType": type_,
        "timestamp": NOW,
        "triggerReason": "MeterValuePeriodic",
        "seqNo": seq,
        "transactionInfo": {"transactionId": "{ref}"},
        "idToken": {"idToken": "{token}", "type": "Central"},
        "meterValue": VALUES_201,
    }


SAID: dict[Protocol, dict[str, list[dict[str, Any]]]] = {
    Protocol.OCPP16: {
        "BootNotification": [{"chargePointVendor": "Volta", "chargePointModel": "One"}],
        "Heartbeat": [{}],
        "StatusNotification": [
            {"connectorId": 1, "errorCode": "NoError", "status": "Available"},
            {"connectorId": 1, "errorCode": "GroundFailure", "status": "Faulted"},
        ],
        "Authorize": [{"idTag": "{token}"}],
        "StartTransaction": [{"connectorId": 1, "idTag": "{token}", "meterStart": 1, "timestamp": NOW}],
        "MeterValues": [{"connectorId": 1, "transactionId": "{number}", "meterValue": VALUES_16}],
        "StopTransaction": [{"transactionId": "{number}", "meterStop": REGISTER, "timestamp": NOW}],
        "DataTransfer": [{"vendorId": "org.voltrun", "messageId": "EnergyLimit", "data": "{token}"}],
        "DiagnosticsStatusNotification": [IDLE],
        "FirmwareStatusNotification": [IDLE],
        "LogStatusNotification": [IDLE],
        "SecurityEventNotification": [{"type": "Tamper", "timestamp": NOW}],
        "SignedFirmwareStatusNotification": [IDLE],
    },
    Protocol.OCPP201: {
        "BootNotification": [
            {"reason": "PowerUp", "chargingStation": {"vendorName": "Volta", "model": "One"}}
        ],
        "Heartbeat": [{}],
        "StatusNotification": [
            {"timestamp": NOW, "connectorStatus": "Faulted", "evseId": 1, "connectorId": 1}
        ],
        "Authorize": [{"idToken": {"idToken": "{token}", "type": "Central"}}],
        "TransactionEvent": [event("Started", 0), event("Updated", 1), event("Ended", 2)],
        "MeterValues": [{"evseId": 1, "meterValue": VALUES_201}],
        "DataTransfer": [{"vendorId": "org.voltrun", "messageId": "EnergyLimit", "data": "{token}"}],
        "FirmwareStatusNotification": [IDLE],
        "LogStatusNotification": [IDLE],
        "NotifyEvent": [{"generatedAt": NOW, "seqNo": 0, "eventData": [EVENT]}],
        "NotifyReport": [REPORT],
        "NotifyMonitoringReport": [REPORT],
        "NotifyChargingLimit": [{"chargingLimit": {"chargingLimitSource": "EMS"}}],
        "NotifyEVChargingNeeds": [{"evseId": 1, "chargingNeeds": {"requestedEnergyTransfer": "DC"}}],
        "NotifyEVChargingSchedule": [{"timeBase": NOW, "evseId": 1, "chargingSchedule": SCHEDULE}],
        "ReportChargingProfiles": [
            {"requestId": 1, "chargingLimitSource": "EMS", "evseId": 1, "chargingProfile": [PROFILE]}
        ],
        "SecurityEventNotification": [{"type": "Tamper", "timestamp": NOW}],
    },
}
