"""What can go wrong: each class has a stable code, a message and a remedy.

KehoachError
├── FileRefused             one file cannot become a plan; the others go on
│   ├── NotFound, EmptyFile, UnknownType, OldWordFile, Encrypted, Damaged, NotText, TooLarge
│   ├── OtherFormat, PackedFiles
│   └── NotADocument        readable, but no administrative document
├── Crashed                 reading it brought a worker process down, twice
├── ToolMissing             Tesseract, a language or a font is not installed
├── RuleFileBroken          a file under models/ is not as it should be
├── DatabaseError           NoDatabase, NotOurDatabase, NewerDatabase, DatabaseUnusable
├── PlanNotFound            the database has no such plan; AmbiguousPlan: it has several
├── TaskNotFound            the plan has no such task
├── NoSuchTable             the database has no such view or table
├── NothingToDraw           no fact of the asked kind, so no chart
├── NoSuchQuestion          the cookbook has no such question; NoSuchParameter: it takes no such value
├── RosterBroken            a list of those who are to send a plan cannot be read
├── LetterheadBroken        the settings of an office are not as they should be
├── FloorsBroken            a file of floors is not as it should be
├── PortTaken               the page cannot be served under this address
└── NoCorpus                there are no plans to show how it works
"""

from __future__ import annotations

from enum import IntEnum
from functools import partial

from kehoach.messages import N_, _


class Exit(IntEnum):
    """Exit status of the command line, as the contract has it."""

    ALL_READ = 0
    NOTHING_DONE = 1
    USAGE = 2
    SOME_REFUSED = 3
    BLOCKER_STANDS = 4


class KehoachError(Exception):
    """Base of all errors that users meet; `facts` fill the braces of `message` and `remedy`."""

    code = "internal"
    message = N_("Something went wrong that should not have.")
    remedy = N_("Report it together with the file that caused it.")

    def __init__(self, **facts: object) -> None:
        super().__init__(self.message.format(**facts))
        self.facts = facts

    def __str__(self) -> str:
        return _(self.message).format(**self.facts)

    @property
    def advice(self) -> str:
        """What the user can do, in the user's language."""
        return _(self.remedy).format(**self.facts)

    def __reduce__(self) -> tuple[partial[KehoachError], tuple[()]]:
        # Worker processes pickle what they raise; the default would forget keyword arguments.
        return partial(type(self), **self.facts), ()


class FileRefused(KehoachError):
    """One file cannot become a plan; the others go on."""

    code = "refused"


class NotFound(FileRefused):
    code = "not_found"
    message = N_("{name} does not exist or cannot be opened.")
    remedy = N_("Check the path and the permissions.")


class EmptyFile(FileRefused):
    code = "empty"
    message = N_("{name} is empty.")
    remedy = N_("Ask for the file again.")


class UnknownType(FileRefused):
    code = "unknown_type"
    message = N_("{name} is neither PDF, picture, Word (.docx) nor UTF-8 text.")
    remedy = N_("Send the plan as PDF or DOCX.")


class OtherFormat(FileRefused):
    code = "other_format"
    message = N_("{name} is a file of another kind ({kind}), which is not read.")
    remedy = N_("Open it in the program that made it and save it as PDF or as Word document (.docx).")


class PackedFiles(FileRefused):
    code = "packed_files"
    message = N_("{name} holds other files ({kind}).")
    remedy = N_("Unpack it and submit the files in it one by one.")


class OldWordFile(FileRefused):
    code = "old_word_file"
    message = N_("{name} is an old Word file (.doc).")
    remedy = N_("Open it in Word or LibreOffice, choose “Save as” and the type “Word document (.docx)”.")


class Encrypted(FileRefused):
    code = "encrypted"
    message = N_("{name} is protected by a password.")
    remedy = N_("Ask the sender for a copy without a password.")


class Damaged(FileRefused):
    code = "damaged"
    message = N_("{name} cannot be opened: the file is damaged ({detail}).")
    remedy = N_("Ask for the file again, or open it and save it anew.")


class NotText(FileRefused):
    code = "not_text"
    message = N_("{name} is text in an encoding that is not known (byte {offset}).")
    remedy = N_("Save it as UTF-8, or send the PDF or Word file that it was made from.")


class TooLarge(FileRefused):
    code = "too_large"
    message = N_("{name} is too large: {amount}, the limit is {limit}.")
    remedy = N_("Split the file, or scan it at 200 to 300 dpi.")


class NotADocument(FileRefused):
    code = "not_a_document"
    message = N_("{name} can be read, but it is no administrative document.")
    remedy = N_("Check that the right file was submitted.")


class Crashed(KehoachError):
    code = "crashed"
    message = N_("{name} brought the reading process down ({reason}).")
    remedy = N_("Open the file and print it to a new PDF, or scan it again.")


class ToolMissing(KehoachError):
    code = "tool_missing"
    message = N_("{tool} is not installed.")
    remedy = N_("Run “./kehoach doctor” to see what is missing and how to get it.")


class RuleFileBroken(KehoachError):
    code = "rule_file_broken"
    message = N_("{path}, line {line}: {reason}.")
    remedy = N_("Mend the rule that begins on this line; its neighbours show the form.")


class NoDatabase(KehoachError):
    code = "no_database"
    message = N_("There is no database at {path}.")
    remedy = N_("Make one: kehoach ingest FOLDER --db {path}")


class NotOurDatabase(KehoachError):
    code = "not_our_database"
    message = N_("{path} is no kehoach database.")
    remedy = N_("Give another path after --db.")


class NewerDatabase(KehoachError):
    code = "newer_database"
    message = N_("{path} was made by a newer version of kehoach (schema {found}, this one knows {known}).")
    remedy = N_("Use the newer version of kehoach.")


class DatabaseUnusable(KehoachError):
    code = "database_unusable"
    message = N_("The database {path} cannot be used ({detail}).")
    remedy = N_("Check permissions and disk space, and that no other program holds it.")


class PlanNotFound(KehoachError):
    code = "plan_not_found"
    message = N_("The database has no plan “{plan}”.")
    remedy = N_("“kehoach show” without a plan lists what is there.")


class AmbiguousPlan(KehoachError):
    code = "ambiguous_plan"
    message = N_("“{plan}” names several documents: {ids}.")
    remedy = N_("Give the number of the one that you mean.")


class NoSuchTable(KehoachError):
    code = "no_such_table"
    message = N_("The database has no view or table “{name}”.")
    remedy = N_("“kehoach schema” without a name lists all of them.")


class NothingToDraw(KehoachError):
    code = "nothing_to_draw"
    message = N_("There is nothing to draw: the database has no such facts of these plans.")
    remedy = N_("Choose other plans; for the chart of coverage run “kehoach compare” before.")


class NoSuchQuestion(KehoachError):
    code = "no_such_question"
    message = N_("There is no question “{name}”.")
    remedy = N_("“kehoach ask” without a question lists all of them.")


class NoSuchParameter(KehoachError):
    code = "no_such_parameter"
    message = N_("The question “{question}” takes no value “{name}”.")
    remedy = N_("It takes: {known}.")


class RosterBroken(KehoachError):
    code = "roster_broken"
    message = N_("The list {path} cannot be read.")
    remedy = N_("Save it as text or CSV in UTF-8, an issuer a line.")


class TaskNotFound(KehoachError):
    code = "task_not_found"
    message = N_("“{plan}” has no task {task}; it has {count}.")
    remedy = N_("“kehoach show PLAN” numbers the tasks.")


class LetterheadBroken(KehoachError):
    code = "letterhead_broken"
    message = N_("{path}: {reason}.")
    remedy = N_("docs/reference/letters.md shows the form of an office's settings.")


class FloorsBroken(KehoachError):
    code = "floors_broken"
    message = N_("{path}: {reason}.")
    remedy = N_(
        "Floors are figures from 0 to 1, by variant and field; corpus/gold/floors.yaml shows the form."
    )


class PortTaken(KehoachError):
    code = "port_taken"
    message = N_("Port {port} of {host} is taken, or may not be used.")
    remedy = N_("Give another port after --port; without it, a free one is taken.")


class NoCorpus(KehoachError):
    code = "no_corpus"
    message = N_("There are no plans to show in {path}.")
    remedy = N_("Run it in the project's folder, or read plans of your own (kehoach ingest) and serve them.")
