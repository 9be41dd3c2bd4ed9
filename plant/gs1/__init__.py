"""GS1 data as scanners send it: read, checked, and written. Pure: no ORM.

What is known of the application identifiers (`identifiers.py`) and which part is checked how (`checks.py`) are facts
of the GS1 General Specifications and of the GS1 Barcode Syntax Dictionary (GS1 AISBL, ref.gs1.org), in our own form.
"""
