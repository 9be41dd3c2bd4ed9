"""What a person is told when the plant says no."""

from typing import Any


class Refusal(Exception):
    """A command that may not happen: what happened, why, what to do next."""

    code = "refused"

    def __init__(self, message: Any, *, code: str | None = None, facts: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.facts = facts or {}

    def __str__(self) -> str:
        return str(self.message)
