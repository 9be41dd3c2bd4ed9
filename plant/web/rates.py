"""How often somebody may ask: counted per minute in Valkey, over all workers; when that is away nobody is stopped."""

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from redis import Redis, RedisError

from plant import keys
from plant.web import errors, refusals
from plant.web.sessions import client_address

log = logging.getLogger(__name__)
WINDOW = 60
PATIENCE = 0.2
# Doors where guessing would pay: numbers, codes, invitations, badges.
GUESSED = re.compile(r"/(login/|tablets/enrol/|station/[^/]+/sign-on/$)")

# What strangers open by a link, whether or not they have a cookie; so guessing links does not pay.
ANSWERED = "/answer/"
SCANNED = ("/c/", "/01/")

# Each of these requests makes the plant ask the company's identity provider.
ASKS_OUTSIDE = "/login/oidc/"


@cache
def counters() -> "Redis":
    """The connection of this process."""
    return Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def bucket(request: HttpRequest) -> tuple[str, int]:
    """Whose requests are counted together, and how many of them a minute may have; 0 is no limit."""
    if request.path.startswith(refusals.FOR_PROGRAMS):
        token = request.headers.get("Authorization", "")
        if token:
            return f"key:{keys.fingerprint(token)[:24]}", settings.API_PER_MINUTE
        return f"stranger:{client_address(request)}", settings.STRANGERS_PER_MINUTE
    if (request.method == "POST" and GUESSED.match(request.path)) or request.path.startswith(ASKS_OUTSIDE):
        return f"guess:{client_address(request)}", settings.SIGN_INS_PER_MINUTE
    if request.path.startswith(ANSWERED):
        return f"answer:{client_address(request)}", settings.STRANGERS_PER_MINUTE
    if request.path.startswith(SCANNED):
        return f"scan:{client_address(request)}", settings.STRANGERS_PER_MINUTE
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.path.startswith("/static/"):
        return f"stranger:{client_address(request)}", settings.STRANGERS_PER_MINUTE
    return "", 0


@dataclass(frozen=True, slots=True)
class Counted:
    """How many requests of a bucket this minute had, this one among them, and how many seconds of it are left."""

    asked: int
    most: int
    left: int

    @property
    def is_over(self) -> bool:
        return self.asked > self.most

    def tell(self, response: HttpResponse) -> HttpResponse:
        """What is allowed and what is left, for programs (IETF draft-ietf-httpapi-ratelimit-headers)."""
        response["RateLimit-Policy"] = f'"minute";q={self.most};w={WINDOW}'
        response["RateLimit"] = f'"minute";r={max(0, self.most - self.asked)};t={self.left}'
        return response


def count(name: str, most: int) -> Counted | None:
    """Count a request; nothing where nobody counts."""
    now = time.time()
    window = int(now) // WINDOW
    try:
        pipe = counters().pipeline(transaction=False)
        asked = pipe.incr(f"zz.rate:{name}:{window}").expire(f"zz.rate:{name}:{window}", 2 * WINDOW).execute()[0]
    except (RedisError, OSError) as error:
        log.warning("requests are not counted: %s", error)
        return None
    return Counted(asked, most, WINDOW - int(now) % WINDOW)


class RateLimit:
    """Asks the counters before a page or the API does anything for a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name, most = bucket(request)
        counted = count(name, most) if most else None
        if counted is None:
            return self.get_response(request)
        is_over = counted.is_over
        answer = errors.too_many(request, seconds=counted.left) if is_over else self.get_response(request)
        return counted.tell(answer) if request.path.startswith(refusals.FOR_PROGRAMS) else answer
