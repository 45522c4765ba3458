"""From a reference in a built site back to what an author wrote."""
