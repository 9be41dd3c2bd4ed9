"""The rules of completeness as they hold for a product, and the changes that were proposed."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mes.models import CompletenessRule, GapKind, RuleChange, RuleChangeStatus
from mes.models.completeness import WEIGHTS
from mes.models.completeness_change import spelt
from plant import policies
from plant.errors import Refusal
from plant.models import MaterialDefinition, MaterialUse, Person

MADE = (MaterialUse.SEMI_FINISHED, MaterialUse.FINISHED)


class UnknownRule(Refusal):
    """A key that no change of a rule carries, or a kind that there is not."""

    code = "unknown-rule"


@dataclass(frozen=True, slots=True)
class Standing:
    """A kind of gap: what is built in, what holds for every product, what for this one, and what counts."""

    kind: GapKind
    built_in: int
    every: CompletenessRule | None
    own: CompletenessRule | None
    proposed: RuleChange | None

    @property
    def counts(self) -> tuple[bool, int]:
        """Whether it is taken into account, and its weight."""
        rule = self.own or self.every
        return (rule.is_on, rule.weight) if rule else (True, self.built_in)

    @property
    def word(self) -> str:
        """What counts, in few words."""
        return spelt(*self.counts)


def standing(material: MaterialDefinition | None) -> list[Standing]:
    """Every kind of gap as it counts for a product, or for every product without a rule of its own."""
    near = Q(material__isnull=True) | (Q(material=material) if material else Q())
    rules = {(one.kind, one.material_id): one for one in CompletenessRule.objects.filter(near)}
    key = material.pk if material else None
    open_now = {one.kind: one for one in proposed().filter(material=material)}
    return [
        Standing(
            kind, WEIGHTS[kind], rules.get((kind, None)), rules.get((kind, key)) if material else None,
            open_now.get(kind),
        )
        for kind in GapKind
    ]


def one(kind: str, material: MaterialDefinition | None) -> Standing:
    """One kind of gap."""
    found = next((row for row in standing(material) if row.kind == kind), None)
    if found is None:
        raise UnknownRule(_("There is no such kind of gap. Open the page again."))
    return found


def products() -> "QuerySet[MaterialDefinition]":
    """What is made here, and may have rules of its own."""
    return MaterialDefinition.objects.filter(use__in=MADE, active=True).order_by("code")


def with_own() -> list[tuple[MaterialDefinition, int]]:
    """The products that have rules of their own, and how many."""
    rows = CompletenessRule.objects.filter(material__isnull=False).select_related("material")
    found: dict[MaterialDefinition, int] = {}
    for row in rows.order_by("material__code"):
        if row.material:
            found[row.material] = found.get(row.material, 0) + 1
    return list(found.items())


def changes() -> "QuerySet[RuleChange]":
    """Every change with what its row shows."""
    return RuleChange.objects.select_related("material", "asked_by", "decided_by")


def proposed() -> "QuerySet[RuleChange]":
    """Those that nobody decided yet."""
    return changes().filter(status=RuleChangeStatus.PROPOSED)


def by_id(pk: int) -> RuleChange:
    """One change."""
    found = changes().filter(pk=pk).first()
    if found is None:
        raise UnknownRule(_("That is not there any more. Open the page again."))
    return found


def waiting(person: Person) -> list[RuleChange]:
    """What somebody could decide: others' proposals."""
    if not policies.may(person, "completeness.approve"):
        return []
    return list(proposed().exclude(asked_by=person).order_by("asked_at")[:50])
