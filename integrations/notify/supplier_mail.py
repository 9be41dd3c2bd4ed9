"""Mails to suppliers: what quality laid ready goes out through the plant's mail server, where there is one."""

from django.conf import settings
from django.utils import timezone

from integrations.notify.adapters import email
from integrations.notify.letters import Destination, Letter, NotDelivered
from qms.commands import supplier_letters
from qms.models import SupplierLetter


def deliver() -> int:
    """Send what is due; how many went out. Without a mail server they wait, and the link is copied by hand."""
    return supplier_letters.deliver(send=send, at=timezone.now()) if settings.EMAIL_HOST else 0


def send(letter: SupplierLetter) -> str:
    """One mail; what went wrong, or nothing."""
    told = Letter(f"supplier-{letter.pk}", letter.title, letter.text, "", "supplier-request", letter.made_at)
    try:
        email.send(told, Destination(to=letter.to))
    except NotDelivered as error:
        return str(error) or type(error).__name__
    return ""
