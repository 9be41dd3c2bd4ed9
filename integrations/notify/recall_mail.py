"""Letters of recalls: what quality laid ready goes to customers through the plant's mail server, the sheet enclosed."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils.translation import override

from integrations.notify.adapters import email
from integrations.notify.letters import Destination, Enclosure, Letter, NotDelivered
from plant import printing
from qms.commands import recall_letters
from qms.models import RecallLetter
from qms.queries import recall_letters as reading


def deliver(*, clock: Callable[[], datetime]) -> int:
    """Send what is due; how many went out. Without a mail server they wait, and the letters are printed."""
    if not settings.EMAIL_HOST:
        return 0
    return sum(tried(one, clock) for one in recall_letters.take(at=clock()))


def tried(letter: RecallLetter, clock: Callable[[], datetime]) -> bool:
    """Send one and write down what became of it; whether it went out."""
    try:
        email.send(of(letter), Destination(to=letter.to))
    except NotDelivered as error:
        said = str(error) or type(error).__name__
        return recall_letters.failed(letter=letter, error=said, again=error.again, at=clock())
    return recall_letters.sent(letter=letter, at=clock())


def of(letter: RecallLetter) -> Letter:
    """The mail: the text as it was written, and the same on paper with the form for the reply."""
    with override(letter.language):
        sheet = reading.paper(letter.recall, letter.customer, letter.lots)
        data = printing.pdf(sheet, printed_by=letter.made_by.name, printed_at=printing.text(letter.made_at))
    name = f"{letter.recall.number}-{letter.customer.code}.pdf"
    paper = Enclosure(name, "application/pdf", data)
    return Letter(f"recall-{letter.pk}", letter.title, letter.text, "", "recall", letter.made_at, files=(paper,))
