"""Links that stay within a built site, judged without a network."""
