"""The adapter for mails: files attached by known senders become messages, one for each row, each once."""

import fnmatch
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from email.utils import parseaddr
from html import unescape
from typing import Any

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from integrations.adapters.files.contents import Bad, rows
from integrations.adapters.mailbox import imap
from integrations.adapters.port import Incoming, Link, Never, Outgoing, Proof, Receipt, Tested
from integrations.adapters.showing import COMES_IN, FIRST
from plant.spoken import spoken as _

JSON, UNREAD = "application/json", "application/octet-stream"
LONGEST = 20_000


class Attached(serializers.Serializer[Any]):
    """Which files are meant, and what their rows are."""

    noun = serializers.CharField(max_length=60, label=gettext_lazy("Object"), style=COMES_IN)
    pattern = serializers.CharField(
        max_length=100, default="*", label=gettext_lazy("Names of files"), style=FIRST,
        help_text=gettext_lazy("Names of the files, as *.csv."))
    encoding = serializers.ChoiceField(
        [("", gettext_lazy("As the file shows")), ("utf-8", "UTF-8"), ("gb18030", "GB18030")], default="",
        allow_blank=True, label=gettext_lazy("Encoding"))
    tag = serializers.CharField(
        max_length=60, default="row", label=gettext_lazy("Element of a row"),
        help_text=gettext_lazy("In XML, the element that is a row."))


class MailboxSettings(serializers.Serializer[Any]):
    """Which folder, from whom, and which attachments."""

    folder = serializers.RegexField(r'^[^"\\\r\n]{1,100}$', default="INBOX", label=gettext_lazy("Folder"))
    senders = serializers.ListField(
        child=serializers.CharField(max_length=120), default=list, label=gettext_lazy("Known senders"),
        help_text=gettext_lazy(
            "Addresses, each on a line, or @example.com for everybody there; mails of others are passed over."),
    )
    replies = serializers.BooleanField(
        default=True, label=gettext_lazy("Take replies to our mails"),
        help_text=gettext_lazy("What a partner answers is said at the request or recall that our mail was about."),
    )
    files = serializers.ListField(
        child=Attached(), default=list, label=gettext_lazy("Attachments"),
        help_text=gettext_lazy("Each card is one kind of file."),
    )


class Mailbox:
    """A mailbox that is read by IMAP."""

    kind = "mailbox"
    label = gettext_lazy("Mailbox (attachments by e-mail)")
    settings = MailboxSettings
    is_called = True
    proved = (Proof("IMAP4rev1", False),)

    def test(self, link: Link) -> Tested:
        """Sign in and open the folder."""
        with imap.opened(link, str(link.settings.get("folder", "INBOX"))) as (_box, validity):
            return Tested(True, _("The folder can be read."), f"UIDVALIDITY {validity}")

    def fetch(self, link: Link, cursor: str) -> Iterator[Incoming]:
        """The rows of every attachment that came since."""
        with imap.opened(link, str(link.settings["folder"])) as (box, validity):
            before, _colon, number = cursor.partition(":")
            after = int(number) if before == validity and number.isdecimal() else 0
            for uid, mail in imap.mails(box, after):
                mark = f"{validity}:{uid}"
                if mail is not None and link.settings.get("replies"):
                    yield from replied(mail, mark)
                if mail is not None and is_known(mail, link.settings["senders"]):
                    yield from attached(mail, link.settings["files"], mark)

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """A mailbox is only read."""
        raise Never(_("A mailbox is only read. Send e-mails by a channel."))


def replied(mail: EmailMessage, mark: str) -> Iterator[Incoming]:
    """A mail that answers one of ours, whoever wrote it: who may answer is known where our mails are known."""
    answers = f"{mail.get('References', '')} {mail.get('In-Reply-To', '')}".split()
    is_person = str(mail.get("Auto-Submitted", "no")).lower() == "no"
    if not is_person or not any(one.endswith("@zhizao>") for one in answers):
        return
    number = str(mail.get("Message-ID", mark)).strip()[:200]
    words = {"answers": answers[-100:], "sender": parseaddr(str(mail.get("From", "")))[1], "text": said(mail)}
    body = json.dumps(words, ensure_ascii=False).encode()
    yield Incoming("mail-replies", number[:120], "", body, JSON, mark, hashlib.sha256(number.encode()).hexdigest())


def said(mail: EmailMessage) -> str:
    """The text of a mail, plain where it has such a part."""
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        found = str(part.get_content())
    except (LookupError, ValueError):  # an encoding that nobody knows
        return ""
    plain = found if part.get_content_subtype() == "plain" else unescape(re.sub(r"<[^>]*>", " ", found))
    return plain[:LONGEST]


def is_known(mail: EmailMessage, senders: list[str]) -> bool:
    """Whether a mail says that it comes from somebody on the list; whoever runs the mail server checks that it does."""
    address = parseaddr(str(mail.get("From", "")))[1].lower()
    return any(address == one.lower() or (one.startswith("@") and address.endswith(one.lower())) for one in senders)


def attached(mail: EmailMessage, files: list[Mapping[str, Any]], mark: str) -> Iterator[Incoming]:
    """The rows of the attachments that are meant; one that can't be read is kept as it is, for somebody to see."""
    for part in mail.iter_attachments():
        name = part.get_filename() or ""
        how = next((one for one in files if fnmatch.fnmatch(name.lower(), one["pattern"].lower())), None)
        content = part.get_payload(decode=True) if how else None
        if how is None or not isinstance(content, bytes):
            continue
        told = f"{mail.get('Message-ID', mark)}:{name}:{hashlib.sha256(content).hexdigest()}"
        claim = hashlib.sha256(told.encode()).hexdigest()
        try:
            found = list(rows(name, content, how))
        except Bad:
            yield Incoming(how["noun"], name[:120], "", content, UNREAD, mark, f"{claim}:0")
            continue
        for number, row in enumerate(found, 1):
            body = json.dumps(row.words, ensure_ascii=False, default=str).encode()
            yield Incoming(row.noun, row.key, row.version, body, JSON, mark, f"{claim}:{number}")
