"""Databases of others: read by statements that can only read, written by statements whose values are bound."""

from integrations.adapters.sql.adapter import Sql

ADAPTER = Sql()
