"""Links that leave the site: what becomes of whoever follows them."""
