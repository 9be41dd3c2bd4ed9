"""The pages of connections: what flows, what is stuck, whose field is whose, where both books differ."""
