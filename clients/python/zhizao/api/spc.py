"""What can be asked of spc, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire


class Spc(Wire):
    """Operations on spc."""

    def spc_analyse_create(self, body: Any) -> Any:
        """Analyse columns of readings, or find a sampling plan; the same question always has the same answer."""
        return self.ask("POST", "/api/v1/spc/analyse/", body=body)
