"""Keeping what proves to a source who we are: a password, a certificate and its key."""

import json
from datetime import datetime

from django.utils.translation import gettext as _

from integrations.models import Access, Plc, SourceKind
from integrations.sources import certificates
from plant import policies, sealing
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command


class NoSuchAccess(Refusal):
    """A source that has no use for what was entered."""

    code = "source-takes-no-secret"


@command
def keep_secrets(*, plc: Plc, username: str, password: str, by: Person, at: datetime) -> Access:
    """Seal the password of a source; without one it is forgotten. The feed connects anew within seconds."""
    policies.check(by, "plc.configure", plc=plc.code)
    if plc.kind in (SourceKind.MODBUS, SourceKind.LINES, SourceKind.PUSH):
        message = _("%(source)s asks for no password. Keys for pushing are made under API keys.")
        raise NoSuchAccess(message % {"source": plc.code})
    access = of(plc)
    access.username = username
    _seal(access, password=password)
    access.save()
    journal.record("plc.secrets", subject=plc, by=by, data={"user": username, "password": bool(password)})
    return access


@command
def make_certificate(*, plc: Plc, by: Person, at: datetime) -> Access:
    """Make a key pair of our own for a source; its certificate is shown, to be trusted by the server."""
    policies.check(by, "plc.configure", plc=plc.code)
    if plc.kind != SourceKind.OPCUA:
        raise NoSuchAccess(_("Only an OPC UA server asks for a certificate of ours."))
    access = of(plc)
    access.certificate, key = certificates.make(plc.code, at=at)
    _seal(access, key=key)
    access.save()
    data = {"thumbprint": certificates.thumbprint(access.certificate)}
    journal.record("plc.certificate", subject=plc, by=by, data=data)
    return access


def of(plc: Plc) -> Access:
    """The access of a source, as it stands or new."""
    return Access.objects.filter(plc=plc).first() or Access(plc=plc)


def _seal(access: Access, **changed: str) -> None:
    held = {**(json.loads(sealing.opened(access.sealed)) if access.sealed else {}), **changed}
    kept = {name: text for name, text in held.items() if text}
    access.sealed = sealing.seal(json.dumps(kept)) if kept else ""
