"""Wall screens: setting one up, giving it a new address, closing it, and turning its boards."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mes.models import Board, JobOrder, WallScreen
from plant import keys, live, policies, scoping
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.queries import places
from plant.transactions import command
from traceability.models import MaterialLot

ACTION = "wall.manage"
NOTED_EVERY = timedelta(minutes=1)


class ScreenRefused(Refusal):
    """A screen that can't be set up so."""

    code = "wall-screen-refused"


@command
def create(
    *, name: str, boards: Sequence[str], line: Equipment | None, seconds: int, language: str, by: Person, at: datetime,
    expires_at: datetime | None = None, lot: MaterialLot | None = None, job: JobOrder | None = None,
) -> tuple[WallScreen, str]:
    """Set up a screen; the secret of its address is told this once and kept as a hash."""
    policies.check(by, ACTION, screen=name)
    if not boards:
        raise ScreenRefused(_("A wall screen needs at least one board. Choose what it shows."))
    if expires_at is not None and expires_at <= at:
        raise ScreenRefused(_("The day until which the screen is open has passed. Choose a later one, or none."))
    if line is None and scoping.reach(by).is_by_line:
        raise ScreenRefused(_("Choose a line: a screen of the whole plant shows more than your lines."))
    chosen = lot or job
    if chosen is not None and (Board.LOT not in boards or (lot and job)):
        message = _("A lot or a work order is chosen for the lot dossier. Choose that board, and one of the two.")
        raise ScreenRefused(message, facts={"field": "lot"})
    if chosen is not None:
        policies.check(by, ACTION, on=chosen)
    secret = _secret()
    screen = WallScreen.objects.create(
        name=name, site=places.site_of(line) if line else places.home(by), line=line, boards=list(boards),
        seconds=seconds, language=language, expires_at=expires_at, lot=lot, job=job, created_by=by, created_at=at,
        turned_at=at,
        **_kept(secret),
    )
    data = {"boards": list(boards), "line": line.code if line else "", "expires_at": expires_at}
    journal.record("wall-screen.created", subject=screen, by=by, data=data)
    return screen, secret


@command
def renew(*, screen: WallScreen, by: Person, at: datetime) -> str:
    """Give a screen another address; the old one opens nothing from the next request on."""
    policies.check(by, ACTION, screen=screen.name)
    if screen.revoked_at is not None:
        raise ScreenRefused(_("This wall screen is closed. Set up a new one."))
    secret = _secret()
    WallScreen.objects.filter(pk=screen.pk).update(**_kept(secret))
    journal.record("wall-screen.renewed", subject=screen, by=by)
    live.push(topic(screen), "closed")
    return secret


@command
def revoke(*, screen: WallScreen, by: Person, at: datetime, reason: str = "") -> WallScreen:
    """Close a screen for good, from the next request on."""
    policies.check(by, ACTION, screen=screen.name)
    if WallScreen.objects.filter(pk=screen.pk, revoked_at__isnull=True).update(revoked_at=at, revoked_by=by):
        screen.revoked_at, screen.revoked_by = at, by
        journal.record("wall-screen.revoked", subject=screen, by=by, reason=reason)
        live.push(topic(screen), "closed")
    return screen


@command
def turn(*, screen: WallScreen, page: str, is_paused: bool, at: datetime) -> WallScreen:
    """Show a page from now on, going on from there or staying. A view of facts, not a fact: nobody signs for it."""
    [found] = lock(WallScreen.objects.filter(pk=screen.pk))
    found.page, found.is_paused, found.turned_at = page, is_paused, at
    found.save(update_fields=["page", "is_paused", "turned_at"])
    live.push(topic(found), "turned")
    return found


@command
def seen(*, screen: WallScreen, at: datetime) -> None:
    """Note that a screen is alive, once a minute at most."""
    if screen.seen_at is None or at - screen.seen_at > NOTED_EVERY:
        WallScreen.objects.filter(pk=screen.pk).update(seen_at=at)


def topic(screen: WallScreen) -> str:
    """What the screen and its remotes listen to."""
    return f"screen.{screen.pk}"


def _secret() -> str:
    return keys.new()[1]


def _kept(secret: str) -> dict[str, Any]:
    return {"token_hash": keys.fingerprint(secret), "token_end": secret[-4:]}
