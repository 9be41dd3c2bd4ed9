"""Who somebody is: their staff number and password."""

from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from plant.models import Person, PersonKind

# A shift change must not take every core away from the scans.
HASHING = BoundedSemaphore(2)


class PersonBackend(BaseBackend):
    """Knows people by number and password; an unknown number costs the same time as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **fields: Any
    ) -> Person | None:
        """The person, when the number, the password and the account are good."""
        number = username or fields.get(Person.USERNAME_FIELD)
        if not number or password is None:
            return None
        person = Person.objects.filter(number=number, kind=PersonKind.HUMAN).first()
        with HASHING:
            if person is None:
                Person().set_password(password)
                return None
            is_right = person.check_password(password)
        return person if is_right and person.is_active else None

    def get_user(self, user_id: int) -> Person | None:
        """The person behind a session, as long as the account is active."""
        return Person.objects.filter(pk=user_id, is_active=True).select_related("site").first()
