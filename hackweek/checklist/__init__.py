"""The checklist of the lesson "Ready?": its items, and the program that proves some of them."""
