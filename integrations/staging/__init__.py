"""Staging tables: a schema of PostgreSQL for a system that writes and reads tables, and nothing else of the plant."""
