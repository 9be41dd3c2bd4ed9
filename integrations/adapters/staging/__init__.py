"""Tables in the plant's own database that another system writes and reads."""

from integrations.adapters.staging.adapter import Staging

ADAPTER = Staging()
