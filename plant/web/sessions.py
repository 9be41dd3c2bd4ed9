"""How long a sign-in lasts: a while without an act, never more than a shift, and less for those who may much."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from plant.models import Person, Role

OUTSIDE = "outside_token"
NOTE_EVERY = timedelta(minutes=1)
# Whoever holds one of these may change what others rely on: an unattended screen is dangerous sooner.
PRIVILEGED = frozenset({Role.ADMINISTRATOR, Role.QUALITY_MANAGER, Role.INTEGRATOR})


def renew(request: HttpRequest) -> None:
    """A new session that keeps nothing of the one before but the token of the provider through which somebody came."""
    token = request.session.get(OUTSIDE)
    request.session.flush()
    if token:
        request.session[OUTSIDE] = token


def begin(request: HttpRequest, person: Person, *, at: datetime) -> None:
    """Start a new session for somebody, whatever session was there before."""
    renew(request)
    auth.login(request, person, backend="plant.web.backends.PersonBackend")
    request.session["began_at"] = request.session["seen_at"] = at.isoformat()


def end_if_idle(request: HttpRequest, *, at: datetime) -> None:
    """End a session that nobody used for long, that began too long ago, or that was ended from elsewhere."""
    if not request.user.is_authenticated:
        return
    began = parse_datetime(request.session.get("began_at", "")) or at
    seen = parse_datetime(request.session.get("seen_at", "")) or at
    if request.user.signed_out_at and began < request.user.signed_out_at:
        auth.logout(request)
        messages.info(request, _("You were signed out everywhere. Sign in again."))
    elif at - began > longest(request.user) or at - seen > idle_limit(request.user):
        auth.logout(request)
        messages.info(request, _("You were signed out because nothing happened for a while. Sign in again."))
    elif at - seen > NOTE_EVERY or "seen_at" not in request.session:
        request.session["seen_at"] = at.isoformat()
        request.session.setdefault("began_at", began.isoformat())


def idle_limit(person: Person) -> timedelta:
    """How long somebody may do nothing; a screen on the wall may look all shift."""
    if person.roles == {Role.VIEWER}:
        return longest(person)
    return timedelta(
        minutes=settings.SESSION_IDLE_MINUTES_PRIVILEGED if _may_much(person) else settings.SESSION_IDLE_MINUTES
    )


def longest(person: Person) -> timedelta:
    """How long a sign-in lasts at most."""
    return timedelta(hours=settings.SESSION_HOURS_PRIVILEGED if _may_much(person) else settings.SESSION_HOURS)


def _may_much(person: Person) -> bool:
    return not person.roles.isdisjoint(PRIVILEGED)


def client_address(request: HttpRequest) -> str:
    """Where the request comes from; the proxy's word counts only when the plant stands behind one."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS else ""
    return (forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))[:45]
