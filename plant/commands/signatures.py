"""Electronic signatures: who, when, what it means, and exactly what was seen (21 CFR 11.50 and 11.70)."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from plant.commands import journal
from plant.errors import Refusal
from plant.models import Meaning, Person, PersonKind, Signature
from plant.transactions import command


class SignatureRefused(Refusal):
    """A signature that does not count."""

    code = "signature-refused"


def content_hash(content: dict[str, Any]) -> str:
    """The SHA-256 of what a person is shown before signing, in canonical JSON."""
    text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@command
def sign(
    *, subject: models.Model, meaning: str, content: dict[str, Any], seen_hash: str, reason: str, by: Person,
    at: datetime, password: str = "", by_badge: bool = False,
) -> Signature:
    """Bind a person to what they saw: the password again, the meaning, the reason, the hash of the content.

    by_badge    they proved themselves with badge and PIN at this very act: enough to say that one has read something
    """
    if by_badge and meaning != Meaning.READ:
        raise SignatureRefused(_("This takes a password: sign it on its page."))
    check(content=content, seen_hash=seen_hash, password=password, reason=reason, by=by, by_badge=by_badge)
    name, key = subject._meta.model_name or "", str(subject.pk)
    digest = content_hash(content)
    version = Signature.objects.filter(subject_kind=name, subject_id=key, meaning=meaning, person=by).count() + 1
    signature = Signature.objects.create(
        subject_kind=name, subject_id=key, version=version, meaning=meaning, reason=reason,
        content=json.loads(json.dumps(content, cls=DjangoJSONEncoder)), content_hash=digest,
        seal=seal(name, key, version, meaning, by.pk, digest), person=by, person_name=by.name, at=at,
    )
    data = {"meaning": meaning, "content_hash": digest, "signature": signature.pk}
    data |= {"proof": "badge"} if by_badge else {}
    journal.record(f"{name}.signed", subject=subject, by=by, reason=reason, data=data)
    return signature


def check(
    *, content: dict[str, Any], seen_hash: str, password: str, reason: str, by: Person, by_badge: bool = False
) -> None:
    """Refuse a signature without its person, its reason, or under something that has changed since it was read."""
    if by.kind != PersonKind.HUMAN or not by.is_active:
        raise SignatureRefused(_("Only a person with an active account can sign."))
    if not by_badge and not by.check_password(password):
        message = _("The password is wrong, so nothing was signed. Enter your own password again.")
        raise SignatureRefused(message, facts={"field": "password"})
    if not reason.strip():
        message = _("A signature needs a reason. Say in a sentence why you decide so.")
        raise SignatureRefused(message, facts={"field": "reason"})
    if not hmac.compare_digest(seen_hash, content_hash(content)):
        raise SignatureRefused(_("This record changed after you opened it. Reload the page, read it again, then sign."))


def seal(name: str, key: str, version: int, meaning: str, person: int, digest: str) -> str:
    """Ties a signature to its record and person with the plant's key, so that a copied row doesn't verify."""
    text = f"{name}|{key}|{version}|{meaning}|{person}|{digest}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def verifies(signature: Signature) -> bool:
    """Does the stored content still carry the hash and the seal it was signed with?"""
    digest = content_hash(signature.content)
    expected = seal(
        signature.subject_kind, signature.subject_id, signature.version, signature.meaning, signature.person_id, digest
    )
    return digest == signature.content_hash and hmac.compare_digest(expected, signature.seal)
