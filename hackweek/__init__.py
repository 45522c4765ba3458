"""Preliminary lessons for hackweeks: one event file in, that hackweek's website out."""
