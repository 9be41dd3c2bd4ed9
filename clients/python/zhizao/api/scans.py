"""What can be asked of scans, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire


class Scans(Wire):
    """Operations on scans."""

    def scans_create(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Scan a lot, serial or work order at a station. Refused scans change nothing; an event id applies once."""
        return self.ask("POST", "/api/v1/scans/", body=body, headers={"Idempotency-Key": idempotency_key})
