"""What can be asked of holds, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Holds(Wire):
    """Operations on holds."""

    def holds_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Hold: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a good
        one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/holds/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def holds_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Hold: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/holds/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def holds_list(
        self, *, after: str | None = None, cause_kind: str | None = None, external_id: str | None = None, fields:
        str | None = None, limit: int | None = None, lot: str | None = None, open: bool | None = None, source: str |
        None = None, target: str | None = None, target_kind: str | None = None
    ) -> Any:
        """Hold: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/holds/", query={"after": after, "cause_kind": cause_kind, "external_id": external_id,
            "fields": fields, "limit": limit, "lot": lot, "open": open, "source": source, "target": target,
            "target_kind": target_kind}
        )

    def holds_release_create(self, id: Any, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Let go of a hold that a key placed, and of what it spread to; what quality holds, quality disposes of."""
        return self.ask(
            "POST", f"/api/v1/holds/{part(id)}/release/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def holds_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Hold: the one with this key."""
        return self.ask("GET", f"/api/v1/holds/{part(id)}/", headers={"If-None-Match": if_none_match})
