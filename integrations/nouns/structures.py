"""How things are made: routings with their bills of materials, and what is sold as it is."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.erp import structure_words as own
from integrations.nouns.noun import Noun, Words, each
from mes.commands import work_masters
from mes.commands.work_masters import Operation, Structure, Takes
from mes.models import EndItem, WorkMaster
from plant.models import Person, RevisionStatus


def take_work_master(fields: Words, by: Person, at: datetime) -> tuple[WorkMaster, bool]:
    """A routing that nobody has told yet; one that is here must be the same: people revise it, with their names."""
    operations = tuple(_operation(step) for step in sorted(fields["operations"], key=lambda step: step["sequence"]))
    structure = Structure(fields["code"], operations)
    is_new = work_masters.take_over(structures=[structure], by=by, at=at) == 1
    return WorkMaster.objects.filter(**by_code(fields["code"].code)).latest("revision"), is_new


def _operation(step: Words) -> Operation:
    takes = tuple(Takes(line["material"], line["quantity"], line["effective"]) for line in step["materials"])
    return Operation(step["sequence"], step["code"], step["name"], tuple(step["stations"]), takes)


def by_code(key: str) -> Words:
    """The routing that counts."""
    return {"code": key, "status": RevisionStatus.EFFECTIVE}


def take_end_item(fields: Words, by: Person, at: datetime) -> tuple[EndItem, bool]:
    """That a material is sold as it is, for a time."""
    item = (fields["material"], fields["effective"])
    is_new = work_masters.take_over_end_items(items=[item], by=by) == 1
    return EndItem.objects.get(material=item[0], effective=item[1]), is_new


def every_work_master() -> Any:
    """Standard routings with all that is told of them; what was changed for one work order is that order's own."""
    rows = WorkMaster.objects.filter(based_on__isnull=True).select_related("material")
    return rows.prefetch_related("segments__stations", "segments__materials__material")


WORK_MASTERS = Noun(
    code="work-masters", name=_("Routing"), key="code", model=WorkMaster, reads="master:read", writes="master:write",
    takes=own.WorkMasterIn, take=take_work_master, every=every_work_master, tell=each(own.work_master),
    answer=own.WorkMaster, sent=own.WORK_MASTER_IN, example=own.WORK_MASTER, by_key=by_code,
    filters={"material": "material__code", "status": "status"}, orders={"code": "code"},
)
END_ITEMS = Noun(
    code="end-items", name=_("End item"), key="material", model=EndItem, reads="master:read", writes="master:write",
    takes=own.EndItemIn, take=take_end_item, every=lambda: EndItem.objects.select_related("material"),
    tell=each(own.end_item), answer=own.EndItem, sent=own.END_ITEM, example=own.END_ITEM,
    by_key=lambda key: {"material__code": key}, key_of_row=lambda row: row.material.code,
    orders={"material": "material__code"},
)
NOUNS = (WORK_MASTERS, END_ITEMS)
