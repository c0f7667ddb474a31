"""Things: one file each."""

from dispatch.models.area import ServiceArea
from dispatch.models.attachment import Attachment
from dispatch.models.charger import Charger, ChargerCommand, ChargerState, CommandStatus, Protocol
from dispatch.models.closure import Closure
from dispatch.models.depot import Depot, Plug
from dispatch.models.eta import EtaModel, EtaSample, EtaState
from dispatch.models.event import Event, StreamCounter
from dispatch.models.idempotency import IdempotencyKey
from dispatch.models.message import Message
from dispatch.models.ocpp import OcppMessage, Receipt
from dispatch.models.place import SearchPlace
from dispatch.models.plan import Plan, ReplanWanted
from dispatch.models.quote import Offer, Quote
from dispatch.models.request import OPEN, PLANNABLE, ChargeRequest, Promise, Status
from dispatch.models.risk import RiskItem, RiskKind
from dispatch.models.route import LIVE, UNDER_WAY, Lock, Route, Stop, StopState
from dispatch.models.session import ChargingSession, Flag, MeterReading
from dispatch.models.shift import RosterLine, Shift
from dispatch.models.site import Site
from dispatch.models.tariff import Tariff
from dispatch.models.unit import Pack, Unit
from dispatch.models.unit_state import Position, UnitState
from dispatch.models.vehicle import Vehicle
from dispatch.models.vehicle_model import Inlet, VehicleModel
from dispatch.models.world_clock import WorldClock

__all__ = [
    "LIVE",
    "OPEN",
    "PLANNABLE",
    "UNDER_WAY",
    "Attachment",
    "ChargeRequest",
    "Charger",
    "ChargerCommand",
    "ChargerState",
    "ChargingSession",
    "Closure",
    "CommandStatus",
    "Depot",
    "EtaModel",
    "EtaSample",
    "EtaState",
    "Event",
    "Flag",
    "IdempotencyKey",
    "Inlet",
    "Lock",
    "Message",
    "MeterReading",
    "OcppMessage",
    "Offer",
    "Pack",
    "Plan",
    "Plug",
    "Position",
    "Promise",
    "Protocol",
    "Quote",
    "Receipt",
    "ReplanWanted",
    "RiskItem",
    "RiskKind",
    "RosterLine",
    "Route",
    "SearchPlace",
    "ServiceArea",
    "Shift",
    "Site",
    "Status",
    "Stop",
    "StopState",
    "StreamCounter",
    "Tariff",
    "Unit",
    "UnitState",
    "Vehicle",
    "VehicleModel",
    "WorldClock",
]
