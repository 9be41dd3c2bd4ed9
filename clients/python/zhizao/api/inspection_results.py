"""What can be asked of inspection results, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class InspectionResults(Wire):
    """Operations on inspection results."""

    def inspection_results_list(
        self, *, after: str | None = None, at_before: str | None = None, at_from: str | None = None, characteristic:
        str | None = None, external_id: str | None = None, fields: str | None = None, inspection: str | None = None,
        limit: int | None = None, lot: str | None = None, passed: bool | None = None, source: str | None = None
    ) -> Any:
        """Measured value: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/inspection-results/", query={"after": after, "at_before": at_before, "at_from": at_from,
            "characteristic": characteristic, "external_id": external_id, "fields": fields, "inspection":
            inspection, "limit": limit, "lot": lot, "passed": passed, "source": source}
        )

    def inspection_results_retrieve(self, id: Any, *, if_none_match: str | None = None) -> Any:
        """Measured value: the one with this key."""
        return self.ask("GET", f"/api/v1/inspection-results/{part(id)}/", headers={"If-None-Match": if_none_match})
