"""Bare Channels: a socket joins a group and hears the group; our streams are held against it."""

import json
import os
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import path

settings.configure(
    SECRET_KEY="of a bench, signs nothing",
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [os.environ["REDIS_URL"]], "prefix": "plain"},
        }
    },
)
http = get_asgi_application()


class Reader(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add(self.scope["url_route"]["kwargs"]["group"], self.channel_name)
        await self.accept()

    async def said(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])


class Speaker(AsyncWebsocketConsumer):
    """Told how many rounds to say what to how many groups, it says all of it as fast as it can."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        told = json.loads(text_data or "{}")
        for _ in range(told["rounds"]):
            for number in range(told["groups"]):
                await self.channel_layer.group_send(f"g{number}", {"type": "said", "text": told["text"]})
        await self.send(text_data="done")


application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": URLRouter([path("read/<str:group>", Reader.as_asgi()), path("say", Speaker.as_asgi())]),
    }
)
