"""kehoach reads Vietnamese administrative plans (kế hoạch của UBND) and lands them in SQLite.

from kehoach import open_database
open_database("output/kehoach.db").tasks()  # a pandas DataFrame
"""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["__version__", "open_database"]


def __getattr__(name: str) -> object:
    # pandas takes a second to import, and the command line needs none of it.
    if name != "open_database":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kehoach.frames import open_database

    return open_database
