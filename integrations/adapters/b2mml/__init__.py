"""ISA-95 in XML: B2MML V0701. "The Business To Manufacturing Markup Language (B2MML) is used courtesy of MESA
International."
"""
