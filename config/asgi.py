"""The door for HTTP and WebSockets alike."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

# Only after Django stands: these modules import models.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import re_path  # noqa: E402

from accounts.sealing import current_ring  # noqa: E402
from accounts.socket_auth import SocketAuth  # noqa: E402
from config.demo import LoopbackOnly  # noqa: E402
from config.handler import OneThread  # noqa: E402
from config.lifespan import Lifespan  # noqa: E402
from config.origins import CheckedOrigin, turn_away  # noqa: E402
from dispatch.api.accept_line import AcceptLine  # noqa: E402
from dispatch.api.admission import QuoteGate  # noqa: E402
from dispatch.broadcast.outbox import TELLING  # noqa: E402
from dispatch.ocpp.urls import ocpp_urlpatterns  # noqa: E402
from dispatch.routing_bridge.desks import KEEPER  # noqa: E402
from dispatch.sockets.urls import websocket_urlpatterns  # noqa: E402

# Better not to start than to find out at the first wish that nothing can be sealed.
current_ring()
sockets = URLRouter([*websocket_urlpatterns, re_path("", turn_away)])  # type: ignore[arg-type]  # Channels routes ASGI apps as views
# Chargers prove who they are by a key of their own.
doors = URLRouter([*ocpp_urlpatterns, re_path("", SocketAuth(sockets))])
line = AcceptLine(OneThread())
house = ProtocolTypeRouter(
    {
        "http": QuoteGate(line, line.is_crowded),
        "websocket": CheckedOrigin(doors),
        "lifespan": Lifespan((TELLING, KEEPER)),
    }
)
application = LoopbackOnly(house) if settings.DEMO else house
