"""The live side: websockets of open pages, and nothing else but the pages themselves when asked for."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import re_path
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()
# Only importable once the line above has set Django up.
LiveConsumer = import_string("plant.web.consumers.LiveConsumer")
WallConsumer = import_string("mes.web.wall_consumer.WallConsumer")

application = ProtocolTypeRouter({
    "http": pages,
    "websocket": AllowedHostsOriginValidator(
        AuthMiddlewareStack(URLRouter([
            re_path(r"^(live/|ws/)?$", LiveConsumer.as_asgi()),
            re_path(r"^(?:live/|ws/)?wall/(?P<secret>[\w-]{43})/$", WallConsumer.as_asgi()),
        ]))
    ),
})
