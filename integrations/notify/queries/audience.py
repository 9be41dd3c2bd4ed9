"""Who hears a piece of news: the rules that fit it, and the people whom each of them reaches."""

from collections.abc import Iterable, Iterator

from django.db.models import Q

from integrations.models import Subscription
from integrations.notify.queries.telling import Telling
from plant import subjects
from plant.models import Equipment, Person
from plant.queries import people


def around(place: Equipment | None) -> Iterator[int]:
    """The place and everything that it stands in."""
    while place is not None:
        yield place.pk
        place = place.parent


def rules_for(telling: Telling) -> list[Subscription]:
    """The notification rules that fit."""
    where = Q(line__isnull=True) | Q(line__in=list(around(telling.place)))
    rows = Subscription.objects.filter(
        where, active=True, channel__enabled=True, news=telling.news, weight__lte=telling.weight
    )
    return list(rows.select_related("channel").order_by("pk"))


def readers(telling: Telling, role: str) -> Iterable[Person]:
    """Who is told by a rule: those of its role, else whoever must act; only people who may look at it."""
    if not role and telling.person is not None:
        found: Iterable[Person] = [telling.person]
    else:
        found = people.holding(role or telling.role)
    page = subjects.of_row(telling.subject)
    return [one for one in found if page.is_open_to(one, telling.subject)]
