"""What can be asked of delivery promises, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class DeliveryPromises(Wire):
    """Operations on delivery promises."""

    def delivery_promises_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """promised delivery: up to 500 rows at once, each with its own outcome. A bad row never stands in the
        way of a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/delivery-promises/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def delivery_promises_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """promised delivery: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/delivery-promises/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def delivery_promises_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, limit: int |
        None = None, material: str | None = None, order: str | None = None, source: str | None = None, supplier: str
        | None = None
    ) -> Any:
        """promised delivery: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/delivery-promises/", query={"after": after, "external_id": external_id, "fields":
            fields, "limit": limit, "material": material, "order": order, "source": source, "supplier": supplier}
        )

    def delivery_promises_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """promised delivery: the one with this key."""
        return self.ask(
            "GET", f"/api/v1/delivery-promises/{part(number)}/", headers={"If-None-Match": if_none_match}
        )

    def delivery_promises_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """promised delivery: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/delivery-promises/{part(number)}/", query={"external_id": external_id, "source":
            source, "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )
