"""The adapter: files in become messages, one for each row; what goes out becomes a file."""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings as plant
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.adapters.b2mml import documents
from integrations.adapters.files import picking, refusals, sftp
from integrations.adapters.files.contents import B2MML, FORMATS, Bad, rows, written
from integrations.adapters.files.stores import Folder, Store, checked
from integrations.adapters.port import Again, Incoming, Link, Never, Outgoing, Proof, Receipt, Refused, Tested
from integrations.adapters.showing import COMES_IN
from integrations.formats.tables import MOST_BYTES
from plant.spoken import joined, of, spoken

FOLDER, SFTP = "FOLDER", "SFTP"
JSON = "application/json"


def _folder(name: str, label: Any) -> serializers.CharField:
    return serializers.CharField(max_length=100, default=name, label=label)


class FilesSettings(serializers.Serializer[Any]):
    """Where files lie, which of them are meant, and how they are written."""

    where = serializers.ChoiceField(
        [(FOLDER, _("Folder of this machine")), (SFTP, _("SFTP"))], default=FOLDER, label=_("Where files lie"))
    folder = serializers.CharField(
        max_length=100, default="", allow_blank=True, label=_("Folder"),
        help_text=_("Below the exchange folder; blank: its code."))
    incoming, outgoing = _folder("in", _("Folder of what comes in")), _folder("out", _("Folder of what goes out"))
    archive = _folder("archive", _("Folder of what is done"))
    errors = _folder("errors", _("Folder of what is refused"))  # type: ignore[assignment]  # fields are no attributes
    pattern = serializers.CharField(
        max_length=60, default="*", label=_("Names of files"), help_text=_("Names of the files, as *.csv."))
    noun = serializers.CharField(
        max_length=60, default="", allow_blank=True, label=_("Object"), help_text=_("What the rows are."),
        style=COMES_IN)
    format = serializers.ChoiceField(
        FORMATS, default="csv", label=_("Format"), help_text=_("How files that go out are written."))
    encoding = serializers.ChoiceField(
        [("", _("As the file shows")), ("utf-8", "UTF-8"), ("gb18030", "GB18030")], default="", allow_blank=True,
        label=_("Encoding"))
    tag = serializers.CharField(
        max_length=60, default="row", label=_("Element of a row"), help_text=_("In XML, the element that is a row."))
    ready = serializers.ChoiceField(
        [(picking.STILL, _("when its size stands still")), (picking.MARKER, _("when a file .done lies beside it"))],
        default=picking.STILL, label=_("A file is whole"))
    still_seconds = serializers.IntegerField(
        min_value=0, max_value=3600, default=10, label=_("Seconds without change"))
    host_key = serializers.CharField(
        max_length=100, default="", allow_blank=True, label=_("Key of the host"),
        help_text=_("SHA256:… of the SFTP server; a test tells it."))

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """Folders lead downwards."""
        for name in ("incoming", "outgoing", "archive", "errors"):
            try:
                checked(words[name])
            except Never as error:
                raise serializers.ValidationError({name: error.reason}) from error
        return words


class Files:
    """A watched folder."""

    kind = "files"
    label = _("Files (CSV, Excel, XML)")
    settings = FilesSettings
    is_called = False
    proved = (Proof("SFTP (Paramiko 5)", True),)

    def test(self, link: Link) -> Tested:
        """Look into the folder, and write a file that is taken away again."""
        with self._store(link) as store:
            said = self._settings(link)
            store.write(f"{said['outgoing']}/.test-{link.code}", b"test")
            store.remove(f"{said['outgoing']}/.test-{link.code}")
            count = len(store.entries(said["incoming"]))
        return Tested(True, spoken("The folder can be read and written; %(count)s files lie there.") % {"count": count})

    def fetch(self, link: Link, cursor: str) -> Iterator[Incoming]:
        """Every row of every file that is ready; a file goes to the archive once all its rows were handed over."""
        said = self._settings(link)
        with self._store(link) as store:
            for picked in picking.pick(store, said):
                content = store.read(picked.path, MOST_BYTES + 1)
                digest = hashlib.sha256(content).hexdigest()
                stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{digest[:8]}-{picked.name}"
                try:
                    for number, row in enumerate(rows(picked.name, content, said), 1):
                        yield self._message(row, refusals.claim(picked.name, digest, number), picked.at, cursor)
                except Bad as error:
                    store.write(f"{said['errors']}/{stamp}.txt", f"{error}\n".encode())
                    store.move(picked.path, f"{said['errors']}/{stamp}")
                    continue
                store.move(picked.path, f"{said['archive']}/{stamp}")

    def _message(self, row: Any, claim: str, taken: int, cursor: str) -> Incoming:
        """Rows without a version are ordered by when their file was taken, so a corrected one counts after a parked."""
        body = json.dumps(row.words, ensure_ascii=False, default=str).encode()
        fault = joined(" ", (part for field, why in row.faults.items() for part in (f"{field}:", why)))
        version = row.version or (str(taken) if row.key else "")
        return Incoming(row.noun, row.key, version, body, JSON, cursor, claim, fault)

    def refused(self, link: Link, rows: Iterable[Refused]) -> None:
        """A file for each file of which rows are refused, with the reason beside each row; gone once none is."""
        said = self._settings(link)
        wanted = refusals.files(rows)
        with self._store(link) as store:
            there = [entry.name for entry in store.entries(said["errors"]) if entry.name.endswith(refusals.ENDING)]
            for name in there:
                if name not in wanted:
                    store.remove(f"{said['errors']}/{name}")
            for name, content in wanted.items():
                path = f"{said['errors']}/{name}"
                if name not in there or store.read(path, MOST_BYTES) != content:
                    store.write(path, content)

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """One file for each message; the same message writes the same file again."""
        said = self._settings(link)
        ending = "xml" if said["format"] == B2MML else said["format"]
        safe = "".join(char if char.isalnum() or char in "-_" else "_" for char in message.key)[:60]
        name = f"{message.noun}-{safe}-{hashlib.sha256(message.id.encode()).hexdigest()[:12]}.{ending}"
        try:
            content = message.body or written(message, said)
        except documents.NotWritten as error:
            raise Never(of(error)) from error
        with self._store(link) as store:
            store.write(f"{said['outgoing']}/{name}", content)
            if said["ready"] == picking.MARKER:
                store.write(f"{said['outgoing']}/{name}{picking.DONE}", b"")
        return Receipt(reference=name)

    def _settings(self, link: Link) -> dict[str, Any]:
        checked_words = FilesSettings(data=dict(link.settings))
        if not checked_words.is_valid():
            message = spoken("The settings of this connection are not valid: %(errors)s")
            raise Never(message % {"errors": checked_words.errors})
        return dict(checked_words.validated_data)

    @contextmanager
    def _store(self, link: Link) -> Iterator[Store]:
        """The folder; what the system refuses there may be mended until the next time."""
        said = self._settings(link)
        try:
            if said["where"] == SFTP:
                with sftp.opened(link) as store:
                    yield store
            else:
                yield Folder(Path(plant.EXCHANGE_DIR) / checked(said["folder"] or link.code))
        except OSError as error:
            raise Again(spoken("The folder can't be read or written: %(said)s") % {"said": error}) from error
