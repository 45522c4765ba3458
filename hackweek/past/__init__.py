"""What keeps the past as it was: lessons of an old commit, hubs that are off, old addresses."""
