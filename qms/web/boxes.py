"""The dialogs about one row of several: each has its own id, form and address, and opens again where it was refused."""

from collections.abc import Callable, Iterable
from typing import Any

from plant.web.acting import Dialogs


def boxes(dialogs: Dialogs, rows: Iterable[Any], kinds: dict[str, Callable[[Any], Any]]) -> None:
    """Give each row its dialogs: id, form, whether it is open again, and why it was refused.

    The address of an act ends in its name and the row's key, such as `done-12`.
    """
    for row in rows:
        for name, kind_of in kinds.items():
            key = f"{name}_{row.pk}"
            form = dialogs.form(key, kind_of(row), auto_id=f"{key}-%s")
            box = {"id": key.replace("_", "-"), "form": form, "open": key in dialogs.opened,
                   "error": dialogs.errors.get(key)}
            setattr(row, f"{name}_box", box)
