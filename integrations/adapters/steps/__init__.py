"""Systems that want several calls for one thing: sign-in, token, look-up, save, submit, audit; all of it as data."""

from integrations.adapters.steps.adapter import Steps

ADAPTER = Steps()
