"""Finding who acts."""

from plant.models import Person, PersonKind


def system(name: str) -> Person:
    """The person as which a part of the system acts, such as the rule engine."""
    person, _ = Person.objects.get_or_create(
        number=f"system:{name}",
        defaults={"name": f"Zhizao {name.upper()}", "kind": PersonKind.SYSTEM, "password": "!"},
    )
    return person
