"""Measures against named peers, in one run on one machine, so that the ratio means something."""
