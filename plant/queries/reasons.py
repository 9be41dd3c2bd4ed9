"""Reasons with a code, as people choose them: in their groups."""

from plant.models import ReasonCode

Choice = tuple[str, str]


def tree(use: str) -> list[Choice | tuple[str, list[Choice]]]:
    """What may be chosen: reasons that stand alone, and groups with the reasons under them; no group by itself."""
    rows = list(ReasonCode.objects.filter(use=use, active=True).order_by("code"))
    below: dict[int, list[Choice]] = {}
    for row in rows:
        if row.parent_id is not None:
            below.setdefault(row.parent_id, []).append((str(row.pk), row.title))
    return [
        (row.title, below[row.pk]) if row.pk in below else (str(row.pk), row.title)
        for row in rows if row.parent_id is None
    ]


def chosen(pk: str) -> ReasonCode | None:
    """The reason that a form names."""
    return ReasonCode.objects.filter(pk=pk).first() if pk else None
