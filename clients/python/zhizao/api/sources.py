"""What can be asked of sources, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Sources(Wire):
    """Operations on sources."""

    def sources_cfx_create(self, code: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Take one envelope in: its numbers as readings, the units that arrive as scans at the station."""
        return self.ask(
            "POST", f"/api/v1/sources/{part(code)}/cfx/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def sources_readings_create(self, code: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Store values of a source's tags; a wrong row holds no other up, what was stored before stays as it is."""
        return self.ask(
            "POST", f"/api/v1/sources/{part(code)}/readings/", body=body, headers={"Idempotency-Key":
            idempotency_key}
        )
