"""Which processes live."""

from datetime import datetime

from plant.models import Lease

PROCESSES = ("worker", "beat", "poller", "edges")


def silent(*, at: datetime) -> dict[str, str]:
    """For each process that should live: "ok", "silent" since its pulse ran out, or "never seen"."""
    until = dict(Lease.objects.filter(name__startswith="pulse:").values_list("name", "until"))
    found = {}
    for name in PROCESSES:
        end = until.get(f"pulse:{name}")
        found[name] = "never seen" if end is None else "ok" if end > at else f"silent since {end.isoformat()}"
    return found
