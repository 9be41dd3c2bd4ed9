"""Whether anything is known against a place; asked along with what a scan asks anyway, for somebody waits for it."""

_asked: list[str] = []


def register(exists: str) -> None:
    """Another reason why nothing may begin: an SQL condition over %(places)s, which is true while there is one."""
    _asked.append(exists)


def any_known() -> str:
    """All of them as one condition."""
    return " OR ".join(f"({one})" for one in _asked) or "false"
