"""What can be asked of tools, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Tools(Wire):
    """Operations on tools."""

    def tools_history_retrieve(self, code: Any) -> Any:
        """The lives that ended (reground, cleaned, renewed) and the last mountings, newest first."""
        return self.ask("GET", f"/api/v1/tools/{part(code)}/history/")

    def tools_list(
        self, *, active: bool | None = None, after: str | None = None, equipment_class: str | None = None,
        external_id: str | None = None, fields: str | None = None, limit: int | None = None, order: str | None =
        None, source: str | None = None, station: str | None = None, worn_by: str | None = None
    ) -> Any:
        """Tool: those that are asked for, page by page."""
        return self.ask(
            "GET", "/api/v1/tools/", query={"active": active, "after": after, "equipment_class": equipment_class,
            "external_id": external_id, "fields": fields, "limit": limit, "order": order, "source": source,
            "station": station, "worn_by": worn_by}
        )

    def tools_retrieve(self, code: Any, *, if_none_match: str | None = None) -> Any:
        """Tool: the one with this key."""
        return self.ask("GET", f"/api/v1/tools/{part(code)}/", headers={"If-None-Match": if_none_match})
