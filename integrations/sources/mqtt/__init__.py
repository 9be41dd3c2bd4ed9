"""MQTT 3.1.1: a small client of our own, and feeds that hear JSON through it."""
