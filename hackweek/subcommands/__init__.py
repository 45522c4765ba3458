"""The commands, a module each: `add` puts one on the command line and names what runs it."""
