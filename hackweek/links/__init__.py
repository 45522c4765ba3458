"""Links of the built site: inside, outside, and back to the author's line."""
