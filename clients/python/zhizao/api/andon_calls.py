"""What can be asked of andon calls, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class AndonCalls(Wire):
    """Operations on andon calls."""

    def andon_calls_acknowledge_create(self, id: Any, *, idempotency_key: str | None = None) -> Any:
        """Answer a call: from here on the time to settle it counts."""
        return self.ask(
            "POST", f"/api/v1/andon-calls/{part(id)}/acknowledge/", headers={"Idempotency-Key": idempotency_key}
        )

    def andon_calls_create(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Call for help; while a call of this kind is alive at the station, that one is answered."""
        return self.ask("POST", "/api/v1/andon-calls/", body=body, headers={"Idempotency-Key": idempotency_key})

    def andon_calls_list(
        self, *, before: str | None = None, limit: int | None = None, open: bool | None = None, station: str | None
        = None
    ) -> Any:
        """Calls for help, newest first."""
        return self.ask(
            "GET", "/api/v1/andon-calls/", query={"before": before, "limit": limit, "open": open, "station":
            station}
        )

    def andon_calls_retrieve(self, id: Any) -> Any:
        """The call, who is there, and what it was."""
        return self.ask("GET", f"/api/v1/andon-calls/{part(id)}/")

    def andon_calls_settle_create(self, id: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Settle a call that was answered: what it was and what was done; its machine may work again."""
        return self.ask(
            "POST", f"/api/v1/andon-calls/{part(id)}/settle/", body=body, headers={"Idempotency-Key":
            idempotency_key}
        )
