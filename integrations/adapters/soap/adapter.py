"""The adapter: operations that give rows, and operations that take one object."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from integrations.adapters.port import Incoming, Link, Never, Outgoing, Proof, Receipt, Tested
from integrations.adapters.soap import wire
from integrations.adapters.soap.settings import SoapSettings
from integrations.adapters.sql.marks import kept
from integrations.links import paths
from plant.spoken import spoken as _


class Soap:
    """A service with a WSDL."""

    kind = "soap"
    label = gettext_lazy("SOAP (WSDL)")
    settings = SoapSettings
    is_called = True
    proved = (Proof("SOAP 1.1", False),)

    def test(self, link: Link) -> Tested:
        """Read the WSDL, and see that it names every operation of the settings."""
        link = whole(link)
        zeep = wire.library()
        client = wire.client(zeep, link)
        known = set(client.service._operations)
        wanted = [one["operation"] for one in (*link.settings["fetch"], *link.settings["send"])]
        if missing := [name for name in wanted if name not in known]:
            raise Never(_("The WSDL names no operation “%(name)s”. It names: %(all)s.") % {
                "name": missing[0], "all": ", ".join(sorted(known))})
        return Tested(True, str(_("The WSDL names %(count)s operations.") % {"count": len(known)}))

    def fetch(self, link: Link, cursor: str) -> Iterator[Incoming]:
        """Each operation in its turn."""
        link = whole(link)
        zeep, marks = wire.library(), kept(cursor)
        service = wire.client(zeep, link).service
        for source in link.settings["fetch"]:
            name = f"{source['noun']} {source['operation']}"
            arguments = filled(source["arguments"], {"cursor": marks.get(name, "")})
            answer = wire.called(zeep, service, source["operation"], arguments)
            for row in paths.items(_at(answer, source["rows"])):
                key = _at(row, source["key"])
                if key in (None, ""):
                    raise Never(_("A row of “%(operation)s” has no key at %(place)s.") % {
                        "operation": source["operation"], "place": source["key"]})
                if source["cursor"] and (mark := _at(row, source["cursor"])) is not None:
                    marks[name] = str(mark)
                body = json.dumps(row, ensure_ascii=False, default=str).encode()
                version = str((_at(row, source["version"]) if source["version"] else "") or "")[:80]
                yield Incoming(source["noun"], str(key)[:120], version, body, "application/json", json.dumps(marks))

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """Call the operation for this kind of object."""
        link = whole(link)
        where = next((one for one in link.settings["send"] if one["noun"] == message.noun), None)
        if where is None:
            raise Never(_("The settings of this connection name no operation for “%(noun)s”.") % {"noun": message.noun})
        zeep = wire.library()
        said = json.loads(message.body) if message.body else dict(message.words)
        arguments = filled(where["arguments"], {"id": message.id, "key": message.key, "version": message.version})
        arguments |= {where["argument"]: said} if where["argument"] else said
        answer = wire.called(zeep, wire.client(zeep, link).service, where["operation"], arguments)
        if where["status"] and str(_at(answer, where["status"])) not in where["good"]:
            raise Never(json.dumps(answer, ensure_ascii=False, default=str)[:280])
        reference = _at(answer, where["reference"]) if where["reference"] else ""
        return Receipt(str(reference or "")[:120], json.dumps(answer, ensure_ascii=False, default=str)[:500])


def whole(link: Link) -> Link:
    """The connection with all its settings."""
    form = SoapSettings(data=dict(link.settings))
    if not form.is_valid():
        raise Never(_("The settings of this connection are not valid: %(errors)s") % {"errors": form.errors})
    return Link(link.code, link.endpoint, link.auth, link.sign_in, link.secrets, link.timeout,
                dict(form.validated_data), link.open_networks)


def filled(arguments: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """Arguments with their marks filled in; one that is only an empty mark is left out."""
    found: dict[str, Any] = {}
    for name, said in arguments.items():
        if isinstance(said, Mapping):
            found[name] = filled(said, words)
        elif isinstance(said, str):
            text = said
            for word, value in words.items():
                text = text.replace(f"{{{word}}}", value)
            if text or not said:
                found[name] = text
        else:
            found[name] = said
    return found


def _at(tree: Any, place: str) -> Any:
    found = paths.read(tree, paths.parts(place)) if place else tree
    return None if found is paths.MISSING else found
