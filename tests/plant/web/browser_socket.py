"""The browser's end of a websocket, without a network between."""

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator

PATIENCE = 10


class BrowserSocket(ApplicationCommunicator):
    """Speaks to the ASGI application as a server would on behalf of a page."""

    def __init__(self, application: Any, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
        super().__init__(application, scope)

    async def connect(self) -> bool:
        """Whether the application let the page in."""
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(PATIENCE))["type"] == "websocket.accept"

    async def say(self, text: str) -> None:
        await self.send_input({"type": "websocket.receive", "text": text})

    async def say_json(self, content: Any) -> None:
        await self.say(json.dumps(content))

    async def hear(self) -> Any:
        """The next message of the application."""
        return json.loads((await self.receive_output(PATIENCE))["text"])

    async def closed_with(self) -> int:
        """The code with which the application closed the connection."""
        return (await self.receive_output(PATIENCE))["code"]

    async def leave(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(PATIENCE)
