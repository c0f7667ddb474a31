"""Addresses of the sockets."""

from django.urls import URLPattern, path

from dispatch.sockets.crew import CrewConsumer
from dispatch.sockets.driver import RequestConsumer
from dispatch.sockets.ops import OpsConsumer
from dispatch.sockets.units import UnitConsumer

websocket_urlpatterns: list[URLPattern] = [
    path("ws/driver/requests/<uuid:request_id>", RequestConsumer.as_asgi()),
    path("ws/ops", OpsConsumer.as_asgi()),
    path("ws/crew", CrewConsumer.as_asgi()),
    path("ws/units/<uuid:unit_id>", UnitConsumer.as_asgi()),
]
