"""What can be asked of maintenance plans, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class MaintenancePlans(Wire):
    """Operations on maintenance plans."""

    def maintenance_plans_list(
        self, *, active: bool | None = None, after: str | None = None, equipment: str | None = None,
        equipment_class: str | None = None, external_id: str | None = None, fields: str | None = None, limit: int |
        None = None, order: str | None = None, source: str | None = None, when_due: str | None = None
    ) -> Any:
        """Maintenance plan: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/maintenance-plans/", query={"active": active, "after": after, "equipment": equipment,
            "equipment_class": equipment_class, "external_id": external_id, "fields": fields, "limit": limit,
            "order": order, "source": source, "when_due": when_due}
        )

    def maintenance_plans_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Maintenance plan: the one with this key."""
        return self.ask("GET", f"/api/v1/maintenance-plans/{part(code)}/", headers={"If-None-Match": if_none_match})
