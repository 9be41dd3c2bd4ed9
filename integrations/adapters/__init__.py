"""One folder for each kind of foreign system; a folder that holds ADAPTER is an adapter, named nowhere else."""

import importlib
import pkgutil
from functools import cache

from integrations.adapters.port import Adapter


@cache
def adapters() -> dict[str, Adapter]:
    """Every adapter by its kind."""
    found: dict[str, Adapter] = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.ispkg:
            continue
        one: Adapter | None = getattr(importlib.import_module(f"{__name__}.{module.name}"), "ADAPTER", None)
        if one is not None:
            found[one.kind] = one
    return dict(sorted(found.items()))


def of(kind: str) -> Adapter | None:
    """The adapter of a kind, if its folder is there."""
    return adapters().get(kind)


def kinds() -> list[tuple[str, str]]:
    """The kinds to choose from."""
    return [(kind, str(one.label)) for kind, one in adapters().items()]
