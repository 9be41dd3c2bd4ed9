"""What can be asked of maintenance orders, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class MaintenanceOrders(Wire):
    """Operations on maintenance orders."""

    def maintenance_orders_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Maintenance order: up to 500 rows at once, each with its own outcome. A bad row never stands in the
        way of a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/maintenance-orders/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def maintenance_orders_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Maintenance order: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/maintenance-orders/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def maintenance_orders_finish_create(
        self, number: Any, body: Any, *, idempotency_key: str | None = None
    ) -> Any:
        """Tick off the steps that are named, and finish: what was found. The plan's interval begins anew."""
        return self.ask(
            "POST", f"/api/v1/maintenance-orders/{part(number)}/finish/", body=body, headers={"Idempotency-Key":
            idempotency_key}
        )

    def maintenance_orders_list(
        self, *, after: str | None = None, done_before: str | None = None, done_from: str | None = None, equipment:
        str | None = None, external_id: str | None = None, fields: str | None = None, kind: str | None = None,
        limit: int | None = None, open: bool | None = None, opened_before: str | None = None, opened_from: str |
        None = None, order: str | None = None, plan: str | None = None, source: str | None = None, status: str |
        None = None
    ) -> Any:
        """Maintenance order: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/maintenance-orders/", query={"after": after, "done_before": done_before, "done_from":
            done_from, "equipment": equipment, "external_id": external_id, "fields": fields, "kind": kind, "limit":
            limit, "open": open, "opened_before": opened_before, "opened_from": opened_from, "order": order, "plan":
            plan, "source": source, "status": status}
        )

    def maintenance_orders_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Maintenance order: the one with this key."""
        return self.ask(
            "GET", f"/api/v1/maintenance-orders/{part(number)}/", headers={"If-None-Match": if_none_match}
        )

    def maintenance_orders_start_create(self, number: Any, *, idempotency_key: str | None = None) -> Any:
        """Begin: the machine is in maintenance and takes no work until this is finished."""
        return self.ask(
            "POST", f"/api/v1/maintenance-orders/{part(number)}/start/", headers={"Idempotency-Key":
            idempotency_key}
        )
