"""How to get from a row to whom it belongs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """How to get from a row to its site, its line or machine, and the partner whose business it is."""

    site: str = ""
    place: str = ""
    supplier: str = ""
    customer: str = ""
    owner: str = ""
    # (own field, label of a model, its field): the customer's rows of that model name this one in a text.
    customer_via: tuple[str, str, str] | None = None
    is_shared: bool = False


SHARED = Scope(is_shared=True)


def at(place: str) -> Scope:
    return Scope(place=place)


def within(prefix: str) -> Scope:
    return Scope(site=f"{prefix}site")
