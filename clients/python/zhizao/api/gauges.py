"""What can be asked of gauges, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Gauges(Wire):
    """Operations on gauges."""

    def gauges_values_create(self, code: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Record a value in the open sample of the inspection in hand that asks for this gauge."""
        return self.ask(
            "POST", f"/api/v1/gauges/{part(code)}/values/", body=body, headers={"Idempotency-Key": idempotency_key}
        )
