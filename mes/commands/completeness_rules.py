"""Changing which gaps count and how much they weigh: proposed by one person, approved by another."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from mes.models import CompletenessRule, RuleChange, RuleChangeStatus
from mes.models.completeness import MOST_WEIGHT
from mes.queries import completeness_rules as reading
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import MaterialDefinition, Person
from plant.transactions import command, undoable


class RuleRefused(Refusal):
    """A change of a rule that can't be."""

    code = "rule-refused"


@command
def propose(
    *, kind: str, material: MaterialDefinition | None, is_on: bool, weight: int | None, reason: str, by: Person,
    at: datetime,
) -> RuleChange:
    """Say what shall count from now on, and why; without a weight the rule goes. Nothing changes yet."""
    policies.check(by, "completeness.propose")
    if not reason.strip():
        raise RuleRefused(_("Say why it shall count so."), facts={"field": "reason"})
    if weight is not None and not 1 <= weight <= MOST_WEIGHT:
        raise RuleRefused(_("The weight lies between 1 and 100; switch the rule off to leave it out."),
                          facts={"field": "weight"})
    now = reading.one(kind, material)
    rule = now.own if material else now.every
    if (weight is None and rule is None) or (rule is not None and (rule.is_on, rule.weight) == (is_on, weight)):
        raise RuleRefused(_("It counts so already. Nothing is to be changed."))
    try:
        with undoable():
            made = RuleChange.objects.create(
                kind=kind, material=material, is_on=is_on, weight=weight, was_on=now.counts[0],
                was_weight=now.counts[1], reason=reason.strip(), asked_by=by, asked_at=at,
            )
    except IntegrityError as error:
        message = _("A change of this is proposed already. Wait until it is decided, or have it withdrawn.")
        raise RuleRefused(message, code="proposed-already") from error
    code = material.code if material else ""
    data = {"kind": kind, "material": code, "was": list(now.counts), "becomes": [is_on, weight]}
    journal.record("rulechange.proposed", subject=made, by=by, reason=reason.strip(), data=data)
    return made


@command
def approve(*, change: RuleChange, by: Person, at: datetime, remark: str = "") -> RuleChange:
    """Let it be so; whatever was judged by the old rule is judged anew by the clock."""
    found = _other(change, by)
    journal.move(
        found, to=RuleChangeStatus.APPROVED, by=by, reason=remark.strip(), remark=remark.strip(), decided_by=by,
        decided_at=at,
    )
    rows = CompletenessRule.objects.filter(kind=found.kind, material=found.material)
    if found.weight is None:
        rows.delete()
    else:
        fields = {"is_on": found.is_on, "weight": found.weight}
        CompletenessRule.objects.update_or_create(kind=found.kind, material=found.material, defaults=fields)
    return found


@command
def refuse(*, change: RuleChange, remark: str, by: Person, at: datetime) -> RuleChange:
    """Say no, with a word why."""
    found = _other(change, by)
    journal.move(
        found, to=RuleChangeStatus.REFUSED, by=by, reason=_why(remark), remark=_why(remark), decided_by=by,
        decided_at=at,
    )
    return found


@command
def withdraw(*, change: RuleChange, by: Person, at: datetime) -> RuleChange:
    """Take one's own proposal back."""
    policies.check(by, "completeness.propose")
    found = _open(change)
    if found.asked_by_id != by.pk:
        raise RuleRefused(_("Only who proposed it can withdraw it. You can refuse it."), code="not-own")
    journal.move(found, to=RuleChangeStatus.WITHDRAWN, by=by, decided_by=by, decided_at=at)
    return found


def _other(change: RuleChange, by: Person) -> RuleChange:
    """The proposal of somebody else, for whoever may decide."""
    policies.check(by, "completeness.approve")
    found = _open(change)
    if found.asked_by_id == by.pk:
        raise RuleRefused(_("You proposed it yourself. Somebody else must decide."), code="own-work")
    return found


def _open(change: RuleChange) -> RuleChange:
    found = lock(reading.changes().filter(pk=change.pk))[0]
    if found.status != RuleChangeStatus.PROPOSED:
        message = _("%(number)s is “%(status)s” already. Reload the page to see who decided.")
        raise RuleRefused(message % {"number": found, "status": found.get_status_display()}, code="decided")
    return found


def _why(remark: str) -> str:
    if not remark.strip():
        raise RuleRefused(_("Say in a few words why."), facts={"field": "remark"})
    return remark.strip()
