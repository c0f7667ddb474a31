"""The one address of chargers."""

from django.urls import URLPattern, re_path

from dispatch.ocpp.consumer import ChargerConsumer

ocpp_urlpatterns: list[URLPattern] = [
    re_path(r"^ocpp/(?P<identity>[^/]{1,150})$", ChargerConsumer.as_asgi()),
]
