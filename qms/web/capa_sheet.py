"""A CAPA on paper: short, or as an 8D report with its team, its causes as drawings, its actions and its check."""

from django.utils.translation import gettext as _

from plant.models import Person
from plant.printing import Sheet, Table, facts_of, text
from qms.models import Aspect, CapaAction, CorrectiveAction
from qms.queries import capas as reading
from qms.queries import eight_d
from qms.web import capa_drawings

FACTS = (
    "nonconformance", "material", "customer", "severity", "owner", "due_at", "check_due_at", "opened_at",
    "checked_by", "checked_at", "closed_at",
)


def sheet(row: CorrectiveAction, reader: Person) -> Sheet:
    """Why it happened, what is done about it, and whether that worked."""
    actions = reading.actions(row)
    end = [(_("Finding"), row.check_finding)] if row.check_finding else []
    if row.is_eight_d:
        texts, tables, drawings = staged(row, actions)
    else:
        texts = [pair for pair in ((_("Problem"), row.problem), (_("Root cause"), row.root_cause)) if pair[1]]
        tables, drawings = [table(_("Actions"), actions)], []
    return Sheet(
        kind=_("8D report") if row.is_eight_d else _("CAPA"), number=row.number, title=row.title,
        state=str(row.get_status_display()), facts=facts_of(row, FACTS), texts=[*texts, *end], tables=tables,
        drawings=drawings,
    )


def staged(
    row: CorrectiveAction, actions: list[CapaAction]
) -> tuple[list[tuple[str, str]], list[Table], list[tuple[str, str]]]:
    """The stages: what each says, the tables that belong to some of them, the fish and the tree."""
    stages = eight_d.stages(row)
    texts = [(f"{one.title} · {standing(one)}", one.text) for one in stages if one.text]
    team = [(str(one.person), str(one.get_role_display()), one.task) for one in row.members.select_related("person")]
    rows = {one.aspect: one for one in row.comparisons.all()}
    compared = [
        (str(word), rows[key].is_so, rows[key].is_not, rows[key].difference) for key, word in Aspect.choices
        if key in rows
    ]
    changed = [(one.label, one.reason, str(one.by), text(one.at)) for one in row.changes.select_related("by")]
    tables = [Table(_("Team"), [_("Person"), _("Role in the team"), _("Task or field")], team)]
    if compared:
        tables.append(Table(_("Is and is not"), [_("Aspect"), _("Is"), _("Is not"), _("What is different")], compared))
    tables.append(table(_("Actions"), actions))
    if changed:
        tables.append(Table(
            _("Planning documents that were revised"), [_("Revision"), _("Reason"), _("By"), _("At")], changed
        ))
    drawn = ((_("Whys"), capa_drawings.tree(row)), (_("Causes and effect"), capa_drawings.fish(row)))
    return texts, tables, [pair for pair in drawn if pair[1]]


def standing(one: eight_d.Shown) -> str:
    """Who finished a stage and when, or that it is open."""
    if not one.is_done:
        return str(_("Open"))
    return f"{one.stage.done_by}, {text(one.stage.done_at)}"


def table(title: str, actions: list[CapaAction]) -> Table:
    """What is done, by whom, until when, and what came of it."""
    rows = [
        (str(one.get_kind_display()), one.description, str(one.owner), text(one.due_at), text(one.done_at),
         text(one.result), f"{one.verified_by}: {one.verify_finding}" if one.verified_by else "–")
        for one in actions
    ]
    columns = [_("Kind"), _("What is done"), _("Owner"), _("Due"), _("Done"), _("Result"), _("Verified by")]
    return Table(title, columns, rows)
