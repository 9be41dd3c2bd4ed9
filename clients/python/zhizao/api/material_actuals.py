"""What can be asked of material actuals, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class MaterialActuals(Wire):
    """Operations on material actuals."""

    def material_actuals_list(
        self, *, after: str | None = None, at_before: str | None = None, at_from: str | None = None, external_id:
        str | None = None, fields: str | None = None, job_order: str | None = None, kind: str | None = None, limit:
        int | None = None, lot: str | None = None, material: str | None = None, operation: str | None = None,
        source: str | None = None
    ) -> Any:
        """Consumption or output: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/material-actuals/", query={"after": after, "at_before": at_before, "at_from": at_from,
            "external_id": external_id, "fields": fields, "job_order": job_order, "kind": kind, "limit": limit,
            "lot": lot, "material": material, "operation": operation, "source": source}
        )

    def material_actuals_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Consumption or output: the one with this key."""
        return self.ask("GET", f"/api/v1/material-actuals/{part(id)}/", headers={"If-None-Match": if_none_match})
