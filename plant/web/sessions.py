"""How long a sign-in lasts: a while without an act, and never more than a shift."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from plant.models import Person, Role

LONGEST = timedelta(hours=12)
NOTE_EVERY = timedelta(minutes=1)


def begin(request: HttpRequest, person: Person, *, at: datetime) -> None:
    """Start a new session for somebody, whatever session was there before."""
    request.session.flush()
    auth.login(request, person, backend="plant.web.backends.PersonBackend")
    request.session["began_at"] = request.session["seen_at"] = at.isoformat()


def end_if_idle(request: HttpRequest, *, at: datetime) -> None:
    """End a session that nobody used for long, or that began too long ago; a screen on the wall may look all shift."""
    if not request.user.is_authenticated:
        return
    began = parse_datetime(request.session.get("began_at", "")) or at
    seen = parse_datetime(request.session.get("seen_at", "")) or at
    is_wall = request.user.roles == {Role.VIEWER}
    if at - began > LONGEST or (not is_wall and at - seen > idle_limit()):
        auth.logout(request)
        messages.info(request, _("You were signed out because nothing happened for a while. Sign in again."))
    elif at - seen > NOTE_EVERY or "seen_at" not in request.session:
        request.session["seen_at"] = at.isoformat()
        request.session.setdefault("began_at", began.isoformat())


def idle_limit() -> timedelta:
    return timedelta(minutes=getattr(settings, "SESSION_IDLE_MINUTES", 30))
