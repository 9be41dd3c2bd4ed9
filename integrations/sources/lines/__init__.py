"""Instruments and scanners that say lines of text, over TCP or a serial line; patterns as data say what it means."""
