"""What can be asked of maintenance orders, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class MaintenanceOrders(Wire):
    """Operations on maintenance orders."""

    def maintenance_orders_create(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Open a work order for a machine; send an Idempotency-Key, for a machine may have several open."""
        return self.ask(
            "POST", "/api/v1/maintenance-orders/", body=body, headers={"Idempotency-Key": idempotency_key}
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
        self, *, before: str | None = None, equipment: str | None = None, limit: int | None = None, open: bool |
        None = None
    ) -> Any:
        """Work orders of maintenance, newest first."""
        return self.ask(
            "GET", "/api/v1/maintenance-orders/", query={"before": before, "equipment": equipment, "limit": limit,
            "open": open}
        )

    def maintenance_orders_retrieve(self, number: Any) -> Any:
        """The work order with its checklist, and what was found."""
        return self.ask("GET", f"/api/v1/maintenance-orders/{part(number)}/")

    def maintenance_orders_start_create(self, number: Any, *, idempotency_key: str | None = None) -> Any:
        """Begin: the machine is in maintenance and takes no work until this is finished."""
        return self.ask(
            "POST", f"/api/v1/maintenance-orders/{part(number)}/start/", headers={"Idempotency-Key":
            idempotency_key}
        )
