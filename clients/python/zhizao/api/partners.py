"""What can be asked of partners, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Partners(Wire):
    """Operations on partners."""

    def partners_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Partner: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/partners/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def partners_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Partner: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/partners/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def partners_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, kind: str | None = None, limit: int | None = None, order: str | None = None, source: str | None
        = None
    ) -> Any:
        """Partner: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/partners/", query={"active": active, "after": after, "external_id": external_id,
            "fields": fields, "kind": kind, "limit": limit, "order": order, "source": source}
        )

    def partners_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Partner: the one with this key."""
        return self.ask("GET", f"/api/v1/partners/{part(code)}/", headers={"If-None-Match": if_none_match})

    def partners_update(
        self, code: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Partner: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/partners/{part(code)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )
