"""A mailbox that partners write to: what is attached to their mails comes in row by row."""

from integrations.adapters.mailbox.adapter import Mailbox

ADAPTER = Mailbox()
