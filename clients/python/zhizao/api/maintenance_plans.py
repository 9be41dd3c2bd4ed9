"""What can be asked of maintenance plans, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire


class MaintenancePlans(Wire):
    """Operations on maintenance plans."""

    def maintenance_plans_retrieve(self, *, before: str | None = None, limit: int | None = None) -> Any:
        """Maintenance plans, and at each machine how much of the interval is used up."""
        return self.ask("GET", "/api/v1/maintenance-plans/", query={"before": before, "limit": limit})
