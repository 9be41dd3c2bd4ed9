"""The controllers on the console's health page: who answers, how long ago, what waits in the spool."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.models import Plc, PlcHealth, PlcState
from plant.console import health
from plant.console.health import BAD, GOOD, ODD, Check, Finding
from plant.queries.health import ago

LATE = timedelta(seconds=15)
BACKLOG = 10_000


def controllers(at: datetime) -> Iterator[Finding]:
    """Each polled controller with the age of its last answer and its backlog."""
    rows = {row.plc_id: row for row in PlcHealth.objects.all()}
    polled = list(Plc.objects.filter(enabled=True))
    if not polled:
        yield Finding(_("Controllers"), _("none is polled"))
    for plc in polled:
        yield _of(plc.code, rows.get(plc.pk), at)


def _of(code: str, row: PlcHealth | None, at: datetime) -> Finding:
    if row is None or row.last_ok_at is None:
        return Finding(code, _("no answer yet"), ODD, _("See that the poller runs and the address is right."))
    value = f"{row.get_state_display()} · {ago(row.last_ok_at, at)}"
    if row.backlog:
        value += " · " + _("%(count)s records wait") % {"count": row.backlog}
    if row.state != PlcState.ONLINE or at - row.last_ok_at > LATE:
        return Finding(code, value, BAD, row.last_error or _("See the controller's page."))
    return Finding(code, value, ODD if row.backlog > BACKLOG else GOOD)


health.register("controllers", Check(gettext_lazy("Controllers"), "memory", controllers, 25))
