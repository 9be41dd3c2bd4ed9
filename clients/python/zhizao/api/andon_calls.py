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

    def andon_calls_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Andon call: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/andon-calls/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def andon_calls_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Andon call: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/andon-calls/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def andon_calls_list(
        self, *, about: str | None = None, after: str | None = None, called_before: str | None = None, called_from:
        str | None = None, external_id: str | None = None, fields: str | None = None, job_order: str | None = None,
        kind: str | None = None, limit: int | None = None, open: bool | None = None, order: str | None = None,
        source: str | None = None, station: str | None = None, status: str | None = None
    ) -> Any:
        """Andon call: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/andon-calls/", query={"about": about, "after": after, "called_before": called_before,
            "called_from": called_from, "external_id": external_id, "fields": fields, "job_order": job_order,
            "kind": kind, "limit": limit, "open": open, "order": order, "source": source, "station": station,
            "status": status}
        )

    def andon_calls_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Andon call: the one with this key."""
        return self.ask("GET", f"/api/v1/andon-calls/{part(id)}/", headers={"If-None-Match": if_none_match})

    def andon_calls_settle_create(self, id: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Settle a call that was answered: what it was and what was done; its machine may work again."""
        return self.ask(
            "POST", f"/api/v1/andon-calls/{part(id)}/settle/", body=body, headers={"Idempotency-Key":
            idempotency_key}
        )
