"""What can be asked of journal, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire


class Journal(Wire):
    """Operations on journal."""

    def journal_retrieve(self, *, after: str | None = None, limit: int | None = None) -> Any:
        """The entries after a cursor, oldest first; come back with `next`."""
        return self.ask("GET", "/api/v1/journal/", query={"after": after, "limit": limit})
