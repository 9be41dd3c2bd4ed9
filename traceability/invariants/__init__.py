"""What must always be true of the facts, each said as SQL that returns the rows for which it isn't.

A room adds its own in a module `invariants` at its root: `manage.py check_invariants` finds it there.
"""

from dataclasses import dataclass

from django.db import connection

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Invariant:
    """One rule: its number, what it says, and the statement that names offenders (`id` first, then what is wrong)."""

    code: str
    name: str
    says: str
    sql: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule and the rows that break it, each as (id, words)."""

    invariant: Invariant
    offenders: tuple[tuple[str, str], ...]


REGISTRY: dict[str, Invariant] = {}


def register(code: str, name: str, says: str, sql: str) -> None:
    """Add a rule; several may carry the same number under different names."""
    REGISTRY[f"{code} {name}"] = Invariant(code, name, says, sql)


def check(codes: tuple[str, ...] = ()) -> list[Finding]:
    """Run every rule, or those with these numbers, in their order."""
    chosen = sorted(REGISTRY.values(), key=lambda rule: (rule.code, rule.name))
    return [Finding(rule, run(rule)) for rule in chosen if not codes or rule.code in codes]


def run(rule: Invariant) -> tuple[tuple[str, str], ...]:
    """The rows that break one rule."""
    with connection.cursor() as cursor:
        cursor.execute(rule.sql)
        return tuple((str(row[0]), " ".join(str(word) for word in row[1:])) for row in cursor.fetchall())
