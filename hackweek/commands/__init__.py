"""Every command that a lesson asks for, run in a real shell and held against what it shows."""
