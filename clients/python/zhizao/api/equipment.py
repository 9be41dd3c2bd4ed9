"""What can be asked of equipment, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Equipment(Wire):
    """Operations on equipment."""

    def equipment_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Equipment: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/equipment/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def equipment_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Equipment: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/equipment/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def equipment_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, level: str | None = None, limit: int | None = None, order: str | None = None, parent: str |
        None = None, source: str | None = None, state: str | None = None
    ) -> Any:
        """Equipment: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/equipment/", query={"active": active, "after": after, "external_id": external_id,
            "fields": fields, "level": level, "limit": limit, "order": order, "parent": parent, "source": source,
            "state": state}
        )

    def equipment_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Equipment: the one with this key."""
        return self.ask("GET", f"/api/v1/equipment/{part(code)}/", headers={"If-None-Match": if_none_match})

    def equipment_update(
        self, code: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Equipment: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/equipment/{part(code)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )
