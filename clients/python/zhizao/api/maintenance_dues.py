"""What can be asked of maintenance dues, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class MaintenanceDues(Wire):
    """Operations on maintenance dues."""

    def maintenance_dues_list(
        self, *, after: str | None = None, by: str | None = None, equipment: str | None = None, external_id: str |
        None = None, fields: str | None = None, limit: int | None = None, order: str | None = None, overdue: bool |
        None = None, plan: str | None = None, source: str | None = None
    ) -> Any:
        """Due maintenance: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/maintenance-dues/", query={"after": after, "by": by, "equipment": equipment,
            "external_id": external_id, "fields": fields, "limit": limit, "order": order, "overdue": overdue,
            "plan": plan, "source": source}
        )

    def maintenance_dues_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Due maintenance: the one with this key."""
        return self.ask("GET", f"/api/v1/maintenance-dues/{part(id)}/", headers={"If-None-Match": if_none_match})
