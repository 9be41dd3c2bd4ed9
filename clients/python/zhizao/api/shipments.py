"""What can be asked of shipments, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Shipments(Wire):
    """Operations on shipments."""

    def shipments_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Shipment: up to 500 rows at once, each with its own outcome. A bad row never stands in the way of a
        good one; sent again, nothing changes.
        """
        return self.ask("POST", "/api/v1/shipments/batch/", body=body, headers={"Idempotency-Key": idempotency_key})

    def shipments_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Shipment: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/shipments/", query={"external_id": external_id, "source": source, "version": version},
            body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def shipments_list(
        self, *, after: str | None = None, customer: str | None = None, external_id: str | None = None, fields: str
        | None = None, limit: int | None = None, order: str | None = None, site: str | None = None, source: str |
        None = None, status: str | None = None
    ) -> Any:
        """Shipment: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/shipments/", query={"after": after, "customer": customer, "external_id": external_id,
            "fields": fields, "limit": limit, "order": order, "site": site, "source": source, "status": status}
        )

    def shipments_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Shipment: the one with this key."""
        return self.ask("GET", f"/api/v1/shipments/{part(number)}/", headers={"If-None-Match": if_none_match})

    def shipments_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Shipment: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/shipments/{part(number)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )
