"""The lessons without a network: kept by the browser, on paper, and in an archive."""
