"""From paragraphs to parts, headings and items: how the plan is built."""
