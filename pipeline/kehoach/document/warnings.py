"""What the warnings of a reading say: a sentence for each code, filled by the warning's facts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kehoach.document.page import ReadingWarning
from kehoach.messages import N_, translated

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "number_handwritten": N_("The document's number is written by hand and was not read."),
        "date_handwritten": N_("The date of issue is written by hand and was not read."),
        "page_without_text": N_("Nothing could be read on this page."),
        "page_lost": N_("This page is an image that cannot be decoded."),
        "picture_unread": N_("This page holds a picture and no text; pictures in Word files are not read."),
        "row_cut": N_("A table row is cut off."),
        "picture_cut": N_("The picture of this page breaks off; what stood below was not sent."),
        "attachments_unread": N_("Files that hang on this PDF were not read: {names}."),
    }
)
UNKNOWN_CODE = N_("Something here could not be read ({code}).")


class _Gaps(dict[str, str]):
    """Facts of a warning; one that is missing shows as a gap and does not stop a landing."""

    def __missing__(self, key: str) -> str:
        return "…"


def warning_text(warning: ReadingWarning, language: str) -> str:
    """The warning as a sentence in `language` (`vi`, `en`)."""
    message = translated(MESSAGES.get(warning.code, UNKNOWN_CODE), language)
    return message.format_map(_Gaps({"code": warning.code, **dict(warning.facts)}))
