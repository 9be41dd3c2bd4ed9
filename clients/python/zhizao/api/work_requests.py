"""What can be asked of work requests, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class WorkRequests(Wire):
    """Operations on work requests."""

    def work_requests_batch(self, body: Any, *, idempotency_key: str | None = None) -> Any:
        """Production order: up to 500 rows at once, each with its own outcome. A bad row never stands in the way
        of a good one; sent again, nothing changes.
        """
        return self.ask(
            "POST", "/api/v1/work-requests/batch/", body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def work_requests_create(
        self, body: Any, *, external_id: str | None = None, source: str | None = None, version: int | None = None,
        idempotency_key: str | None = None
    ) -> Any:
        """Production order: take one. The same words again change nothing."""
        return self.ask(
            "POST", "/api/v1/work-requests/", query={"external_id": external_id, "source": source, "version":
            version}, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def work_requests_list(
        self, *, after: str | None = None, customer: str | None = None, external_id: str | None = None, fields: str
        | None = None, limit: int | None = None, material: str | None = None, order: str | None = None, site: str |
        None = None, source: str | None = None, status: str | None = None
    ) -> Any:
        """Production order: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/work-requests/", query={"after": after, "customer": customer, "external_id":
            external_id, "fields": fields, "limit": limit, "material": material, "order": order, "site": site,
            "source": source, "status": status}
        )

    def work_requests_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Production order: the one with this key."""
        return self.ask("GET", f"/api/v1/work-requests/{part(number)}/", headers={"If-None-Match": if_none_match})

    def work_requests_update(
        self, number: Any, body: Any, *, external_id: str | None = None, source: str | None = None, version: int |
        None = None, if_match: str | None = None, if_none_match: str | None = None
    ) -> Any:
        """Production order: create the one with this key, or change it. The same words again change nothing."""
        return self.ask(
            "PUT", f"/api/v1/work-requests/{part(number)}/", query={"external_id": external_id, "source": source,
            "version": version}, body=body, headers={"If-Match": if_match, "If-None-Match": if_none_match}
        )
