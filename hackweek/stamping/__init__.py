"""Events that differ only in values: built once with tokens, and written from the pieces."""
