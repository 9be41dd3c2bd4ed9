"""What can be asked of readings, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire


class Readings(Wire):
    """Operations on readings."""

    def readings_create(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Store readings and judge the charts on them; what was stored before is left as it is."""
        return self.ask("POST", "/api/v1/readings/", body=body, headers={"Idempotency-Key": idempotency_key})
