"""What can be asked of connections, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Connections(Wire):
    """Operations on connections."""

    def connection_message_push(
        self, code: Any, noun: Any, body: Any, *, key: str | None = None, version: str | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Keep a message as it came, in whatever format the connection's mapping reads; it is carried out within
        seconds. The same Idempotency-Key is the same message.
        """
        return self.ask(
            "POST", f"/api/v1/connections/{part(code)}/messages/{part(noun)}/", query={"key": key, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def connection_message_read(self, code: Any, number: Any) -> Any:
        """One message that came over this connection, by its number."""
        return self.ask("GET", f"/api/v1/connections/{part(code)}/messages/{part(number)}/")
