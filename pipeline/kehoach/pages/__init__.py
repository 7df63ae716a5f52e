"""Pages as files have them: words of the text layer, signature widgets, rulings, pictures."""
