"""Acceptance sampling: how many to inspect of a lot, and what the count of faults says. Pure functions, no Django."""
