"""Recognised words mended where the language leaves no doubt; what was recognised stays beside them."""
