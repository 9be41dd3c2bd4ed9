"""A new kind of foreign system: one folder with an adapter that keeps to the port, ready to be filled in."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

HERE = Path(__file__).resolve().parents[2] / "adapters"
PACKAGE = '''"""{title}: say here what it is, and how far it was proved."""

from {package}.adapter import {title}

ADAPTER = {title}()
'''
MODULE = '''"""The adapter for {title}: what the port asks for, in the words of the other side."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.adapters import calling
from integrations.adapters.port import Incoming, Link, Never, Outgoing, Proof, Receipt, Tested


class {title}Settings(serializers.Serializer[Any]):
    """What it must be told beside address and secrets; each field becomes a field of the form."""

    ping = serializers.CharField(default="", allow_blank=True, max_length=300, label=_("Path of the test"))


class {title}:
    """One kind of foreign system. Again: a later try can succeed. Never: somebody must look."""

    kind = "{kind}"
    label = "{title}"
    settings = {title}Settings
    is_called = True
    proved: tuple[Proof, ...] = ()  # Proof("its name 4.2", True) once a living one of that version has answered

    def test(self, link: Link) -> Tested:
        """Ask something harmless."""
        answer = calling.good(calling.call(link, str(link.settings.get("ping", ""))))
        return Tested(True, f"HTTP {{answer.status}}")

    def fetch(self, link: Link, cursor: str) -> Iterable[Incoming]:
        """Everything since the cursor, oldest first: yield Incoming(noun, key, version, body, content_type, cursor)."""
        calling.good(calling.call(link, "changes", words={{"since": cursor}}))
        return []

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """Hand one message over under its id, so that the other side can know a repetition."""
        if not message.body and not message.words:
            raise Never("the message is empty")
        headers = {{"Idempotency-Key": message.id}}
        calling.good(calling.call(link, message.noun, method="POST", body=message.body or b"{{}}", headers=headers))
        return Receipt()
'''


class Command(BaseCommand):
    """manage.py startadapter NAME"""

    help = "Make the folder of a new adapter; see docs/integrations.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Its name, as a folder."""
        parser.add_argument("name", help="small letters, digits and underscores, as old_wms")
        parser.add_argument("--folder", default=str(HERE), help="where its folder is made")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the two files, and say what comes next."""
        name, home = options["name"], Path(options["folder"])
        if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", name):
            raise CommandError("A name is small letters, digits and underscores, as old_wms.")
        folder = home / name
        if folder.exists():
            raise CommandError(f"{folder} is there already. Choose another name.")
        package = f"integrations.adapters.{name}" if home == HERE else name
        title = "".join(part.capitalize() for part in name.split("_"))
        words = {"title": title, "kind": name.replace("_", "-"), "package": package}
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text(PACKAGE.format(**words), encoding="utf-8")
        (folder / "adapter.py").write_text(MODULE.format(**words), encoding="utf-8")
        self.stdout.write(f"{folder}: fill it in, then run pytest tests/integrations/adapters/test_kit.py")
