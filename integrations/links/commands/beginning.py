"""A connection begun from a template: all of it is copied and the plant's own from then on."""

import uuid
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from integrations import templates
from integrations.links.commands import connections, mapping_rows, mappings
from integrations.links.commands.connections import ConnectionRefused
from integrations.models import CodeMap, CodeMapEntry, Connection, Direction, Mapping
from integrations.templates import MappingPart, Template
from plant import policies
from plant.commands import journal
from plant.models import Equipment, Person
from plant.transactions import command


@command
def begin(
    *, template: str, code: str, name: str, site: Equipment, endpoint: str, by: Person, at: datetime, **more: Any
) -> Connection:
    """Make a connection of a template. It is off, and its mappings are drafts until somebody else has approved them."""
    found = templates.templates().get(template)
    if found is None:
        raise ConnectionRefused(_("There is no such template. Choose one of the list."), facts={"field": "template"})
    if Connection.objects.filter(code=code).exists():
        message = _("There is a connection “%(code)s” already. Choose another code.")
        raise ConnectionRefused(message % {"code": code}, facts={"field": "code"})
    directions = {part.direction for part in found.mappings}
    said = {
        "kind": found.kind, "auth": found.auth, "sign_in": found.sign_in, "settings": found.settings,
        "sent_nouns": found.sent_nouns, "other_system": found.other_system, "receives": Direction.IN in directions,
        "sends": bool(found.sent_nouns), **more,
    }
    made = connections.put(code=code, name=name, site=site, endpoint=endpoint, by=by, at=at, **said)
    copy_lists(found, by)
    for part in found.mappings:
        copy_rows(made, part, found, by, at)
    journal.record("connection.begun-from-template", subject=made, by=by, data={"template": found.code, "at": at})
    return made


def copy_lists(template: Template, by: Person) -> None:
    """Code lists that are not there yet; one that is there belongs to the plant and stays."""
    policies.check(by, "mapping.edit", template=template.code)
    for code, pairs in template.code_lists.items():
        codes, is_new = CodeMap.objects.get_or_create(code=code, defaults={"name": f"{template.name}: {code}"[:120]})
        if is_new:
            CodeMapEntry.objects.bulk_create(
                CodeMapEntry(code_map=codes, theirs=theirs, ours=ours) for theirs, ours in pairs
            )


def copy_rows(connection: Connection, part: MappingPart, template: Template, by: Person, at: datetime) -> Mapping:
    """One mapping as a draft with the template's rows."""
    made = mappings.create(
        connection=connection, noun=part.noun, direction=part.direction, note=template.name, by=by, at=at
    )
    for values in part.rows:
        mapping_rows.save(mapping=made, key=uuid.uuid4(), version=0, values=values, by=by, at=at)
    return made
