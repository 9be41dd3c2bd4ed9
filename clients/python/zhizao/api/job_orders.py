"""What can be asked of job orders, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class JobOrders(Wire):
    """Operations on job orders."""

    def job_orders_kitting_retrieve(
        self, number: Any, *, quantity: str | None = None, start_at: str | None = None
    ) -> Any:
        """What it needs of each material, what is free for it then, substitutes, and what is short."""
        return self.ask(
            "GET", f"/api/v1/job-orders/{part(number)}/kitting/", query={"quantity": quantity, "start_at": start_at}
        )

    def job_orders_list(
        self, *, after: str | None = None, ended_before: str | None = None, ended_from: str | None = None,
        external_id: str | None = None, fields: str | None = None, limit: int | None = None, line: str | None =
        None, material: str | None = None, order: str | None = None, site: str | None = None, source: str | None =
        None, status: str | None = None, work_request: str | None = None
    ) -> Any:
        """Work order: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/job-orders/", query={"after": after, "ended_before": ended_before, "ended_from":
            ended_from, "external_id": external_id, "fields": fields, "limit": limit, "line": line, "material":
            material, "order": order, "site": site, "source": source, "status": status, "work_request":
            work_request}
        )

    def job_orders_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Work order: the one with this key."""
        return self.ask("GET", f"/api/v1/job-orders/{part(number)}/", headers={"If-None-Match": if_none_match})
