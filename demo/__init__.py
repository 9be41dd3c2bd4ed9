"""An electronics plant to try the house in; nothing else depends on it."""
