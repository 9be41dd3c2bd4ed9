"""E-mail through the plant's mail server."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage

from integrations.notify.letters import Destination, Letter, NotDelivered


def send(letter: Letter, to: Destination) -> None:
    """Send one letter to one address; the Message-ID is the letter's own, so a repetition is known as one."""
    headers = {"Message-ID": f"<{letter.id}@zhizao>", "Auto-Submitted": "auto-generated"}
    subject = " ".join(letter.title.split())
    mail = EmailMessage(subject, f"{letter.text}\n\n{letter.url}\n", to=[to.to], headers=headers)
    for one in letter.files:
        mail.attach(one.name, one.data, one.kind)
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise NotDelivered(f"SMTP {codes}", again=all(code < 500 for code in codes)) from error
    except SMTPResponseException as error:
        again = error.smtp_code < 500
        raise NotDelivered(f"SMTP {error.smtp_code} {error.smtp_error!r}"[:280], again=again) from error
    except (SMTPException, OSError) as error:
        raise NotDelivered(f"{type(error).__name__}: {error}"[:280]) from error
