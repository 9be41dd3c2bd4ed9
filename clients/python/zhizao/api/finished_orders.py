"""What can be asked of finished orders, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class FinishedOrders(Wire):
    """Operations on finished orders."""

    def finished_orders_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Finished work order: up to 500 rows at once, each with its own outcome. A bad row never stands in the
        way of a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/finished-orders/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def finished_orders_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Finished work order: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/finished-orders/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def finished_orders_list(
        self, *, after: str | None = None, ended_before: str | None = None, ended_from: str | None = None,
        external_id: str | None = None, fields: str | None = None, limit: int | None = None, line: str | None =
        None, material: str | None = None, order: str | None = None, site: str | None = None, source: str | None =
        None, status: str | None = None, work_request: str | None = None
    ) -> Any:
        """Finished work order: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/finished-orders/", query={"after": after, "ended_before": ended_before, "ended_from":
            ended_from, "external_id": external_id, "fields": fields, "limit": limit, "line": line, "material":
            material, "order": order, "site": site, "source": source, "status": status, "work_request":
            work_request}
        )

    def finished_orders_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Finished work order: the one with this key."""
        return self.ask("GET", f"/api/v1/finished-orders/{part(number)}/", headers={"If-None-Match": if_none_match})

    def finished_orders_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Finished work order: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/finished-orders/{part(number)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )
