"""Plans made of the parts in models/checks/frame.yaml, read as files are."""

from kehoach.document.facts import Source
from kehoach.ingest import text
from kehoach.rules import data
from kehoach.run.understand import understood


def made(frame="ke_hoach", kind="text", **parts):
    """Plan, outline and record of a frame with other parts in it."""
    whole = {**data("checks/frame.yaml")[frame], **parts}
    body = "\n\n".join(part for part in whole.values() if part).encode()
    source = Source("example.txt", "0" * 64, len(body), "text/plain", kind)
    return understood(source, text.pages(body, source.name))
