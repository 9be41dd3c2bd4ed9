"""What can be asked of changes, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire


class Changes(Wire):
    """Operations on changes."""

    def changes_retrieve(
        self, *, after: str | None = None, limit: int | None = None, noun: str | None = None, words: bool | None =
        None
    ) -> Any:
        """What changed after a cursor, in an order that misses nothing; what was deleted comes as deleted."""
        return self.ask(
            "GET", "/api/v1/changes/", query={"after": after, "limit": limit, "noun": noun, "words": words}
        )
