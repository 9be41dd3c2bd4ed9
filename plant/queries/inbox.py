"""What waits for somebody, from every room that has something for them."""

from plant import inbox, policies
from plant.models import Person


def waiting_for(person: Person) -> list[inbox.Item]:
    """Everything that waits for a person, the most pressing first."""
    return inbox.gather(person) if policies.may(person, "inbox.view") else []


def count(person: Person) -> int:
    """How many things wait, for the bell."""
    return len(waiting_for(person))
