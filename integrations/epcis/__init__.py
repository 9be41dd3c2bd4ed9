"""EPCIS 2.0: what happened to lots, serials, cartons and shipments, told to partners and taken from them."""
