"""What can be asked of reason codes, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class ReasonCodes(Wire):
    """Operations on reason codes."""

    def reason_codes_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Reason code: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/reason-codes/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def reason_codes_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Reason code: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/reason-codes/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def reason_codes_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, limit: int | None = None, order: str | None = None, parent: str | None = None, source: str |
        None = None, use: str | None = None
    ) -> Any:
        """Reason code: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/reason-codes/", query={"active": active, "after": after, "external_id": external_id,
            "fields": fields, "limit": limit, "order": order, "parent": parent, "source": source, "use": use}
        )

    def reason_codes_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Reason code: the one with this key."""
        return self.ask("GET", f"/api/v1/reason-codes/{part(id)}/", headers={"If-None-Match": if_none_match})

    def reason_codes_update(
        self, id: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None
        = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Reason code: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/reason-codes/{part(id)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )
