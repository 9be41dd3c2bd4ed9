"""What can be asked of violations, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Violations(Wire):
    """Operations on violations."""

    def violations_list(
        self, *, after: str | None = None, chart: str | None = None, external_id: str | None = None, fields: str |
        None = None, limit: int | None = None, open: bool | None = None, rule: str | None = None, source: str | None
        = None, status: str | None = None
    ) -> Any:
        """Violation: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/violations/", query={"after": after, "chart": chart, "external_id": external_id,
            "fields": fields, "limit": limit, "open": open, "rule": rule, "source": source, "status": status}
        )

    def violations_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Violation: the one with this key."""
        return self.ask("GET", f"/api/v1/violations/{part(id)}/", headers={"If-None-Match": if_none_match})
