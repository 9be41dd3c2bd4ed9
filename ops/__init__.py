"""Bringing the house up: environment, servers, processes and checks, with the standard library only."""
