"""Filling an empty plant with the demonstration data, in the order in which the rooms stand."""
