"""Trouble with other systems is told once when it begins, and again only after it was over."""

from datetime import datetime

from integrations.links.commands import watching
from integrations.links.queries import standing
from integrations.models import Connection


def watch(*, at: datetime) -> int:
    """Look at every connection in use; how many got into trouble."""
    rows = Connection.objects.filter(enabled=True).select_related("site")
    return sum(watching.look(standing=one, at=at) for one in standing.of(rows, at))
