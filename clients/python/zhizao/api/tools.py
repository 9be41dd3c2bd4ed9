"""What can be asked of tools, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Tools(Wire):
    """Operations on tools."""

    def tools_list(self, *, before: str | None = None, limit: int | None = None, station: str | None = None) -> Any:
        """Tools, newest first; with a station, those that are mounted there."""
        return self.ask("GET", "/api/v1/tools/", query={"before": before, "limit": limit, "station": station})

    def tools_retrieve(self, code: Any) -> Any:
        """The tool, the lives that ended (reground, cleaned, renewed) and its last mountings, newest first."""
        return self.ask("GET", f"/api/v1/tools/{part(code)}/")
