"""What is costly to make and often asked for again: kept while it is among the last that were asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

Value = TypeVar("Value")


@dataclass(slots=True)
class Memory:
    """The last `most` values by their keys; safe to use from several threads."""

    most: int
    _kept: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of `key`, made if it is not there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                known: Value = self._kept[key]
                return known
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return made

    def forget(self, key: Hashable) -> None:
        """The value is made anew when it is asked for next."""
        with self._lock:
            self._kept.pop(key, None)


def stamp(database: Path) -> tuple[int, ...]:
    """Changes whenever the database does: times and sizes of its file and of its log."""
    files = (database, database.with_name(database.name + "-wal"))
    states = [one.stat() for one in files if one.exists()]
    return tuple(number for state in states for number in (state.st_mtime_ns, state.st_size))
