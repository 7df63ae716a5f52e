"""Recognisers behind one protocol: a picture goes in, words come out."""
