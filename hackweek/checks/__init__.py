"""Checks of events and lessons, one module for each family of rules."""
