"""The readings on the console's health page: what is stored how, and whether packing and the days ahead keep up."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.console import health
from plant.console.health import BAD, GOOD, ODD, PLAIN, Check, Finding
from traceability.commands.ageing import midnight
from traceability.queries import storage

BEHIND = timedelta(days=1)  # how far packing may lag
AHEAD = timedelta(days=2)


def stored(at: datetime) -> Iterator[Finding]:
    """Rows, blocks and hours with their oldest moment and size; the days made ahead."""
    found = storage.look()
    due = midnight(at) - timedelta(days=settings.READINGS_RAW_DAYS) - BEHIND
    is_late = found.oldest_row is not None and found.oldest_row < due
    yield _of(_("Single readings"), found.oldest_row, found.row_bytes, ODD if is_late else GOOD,
              _("Packing is behind: see the worker and its errors.") if is_late else "")
    yield _of(_("Packed readings"), found.oldest_block, found.block_bytes)
    yield _of(_("Hourly values"), found.oldest_hour, found.hour_bytes)
    is_short = found.last_day is None or found.last_day < (at + AHEAD).date()
    yield Finding(_("Days made ahead"), _("until %(day)s") % {"day": found.last_day}, BAD if is_short else GOOD,
                  _("See the worker and beat: they make a week ahead.") if is_short else "")


def _of(title: str, oldest: datetime | None, size: int, tone: str = PLAIN, do: str = "") -> Finding:
    if oldest is None:
        return Finding(title, _("none"), tone, do)
    since = timezone.localtime(oldest).strftime("%Y-%m-%d %H:%M")
    value = _("since %(at)s · %(size)s") % {"at": since, "size": filesizeformat(size)}
    return Finding(title, value, tone, do)


health.register("readings", Check(gettext_lazy("Readings"), "database", stored, 45))
