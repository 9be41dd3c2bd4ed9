"""The demonstration plant as plain data."""
