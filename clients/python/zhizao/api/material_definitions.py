"""What can be asked of material definitions, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class MaterialDefinitions(Wire):
    """Operations on material definitions."""

    def material_definitions_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Material: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/material-definitions/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def material_definitions_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Material: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/material-definitions/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def material_definitions_list(
        self, *, active: bool | None = None, after: str | None = None, external_id: str | None = None, fields: str |
        None = None, gtin: str | None = None, limit: int | None = None, order: str | None = None, source: str | None
        = None, tracking: str | None = None, unit: str | None = None, use: str | None = None
    ) -> Any:
        """Material: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/material-definitions/", query={"active": active, "after": after, "external_id":
            external_id, "fields": fields, "gtin": gtin, "limit": limit, "order": order, "source": source,
            "tracking": tracking, "unit": unit, "use": use}
        )

    def material_definitions_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Material: the one with this key."""
        return self.ask(
            "GET", f"/api/v1/material-definitions/{part(code)}/", headers={"If-None-Match": if_none_match}
        )

    def material_definitions_update(
        self, code: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Material: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/material-definitions/{part(code)}/", query={"external_id": external_id, "source":
            source, "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )
