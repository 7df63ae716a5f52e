"""Files to sources and, where no picture is needed, to pages: media type by content, Word, text."""
