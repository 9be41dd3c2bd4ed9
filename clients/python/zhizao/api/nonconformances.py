"""What can be asked of nonconformances, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Nonconformances(Wire):
    """Operations on nonconformances."""

    def nonconformances_list(
        self, *, after: str | None = None, external_id: str | None = None, fields: str | None = None, limit: int |
        None = None, lot: str | None = None, open: bool | None = None, opened_before: str | None = None,
        opened_from: str | None = None, order: str | None = None, severity: str | None = None, source: str | None =
        None, status: str | None = None
    ) -> Any:
        """Nonconformance: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/nonconformances/", query={"after": after, "external_id": external_id, "fields": fields,
            "limit": limit, "lot": lot, "open": open, "opened_before": opened_before, "opened_from": opened_from,
            "order": order, "severity": severity, "source": source, "status": status}
        )

    def nonconformances_retrieve(self, number: Any, *, if_none_match: str | None = None) -> Any:
        """Nonconformance: the one with this key."""
        return self.ask("GET", f"/api/v1/nonconformances/{part(number)}/", headers={"If-None-Match": if_none_match})
