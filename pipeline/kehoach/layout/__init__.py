"""Reading order, roles of lines, paragraphs: what a reader's eye does before reading."""
