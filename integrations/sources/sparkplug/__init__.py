"""Sparkplug B (Eclipse Sparkplug Specification 3.0.0): this plant as a host application."""
