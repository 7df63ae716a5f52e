"""Values that go between processes."""

from __future__ import annotations


class Portable:
    """A frozen dataclass that is pickled by its fields, in the order in which its constructor takes them.

    A page has hundreds of words; `dataclasses` asks each for its list of fields anew, which took a fifth of
    the time of reading digital files.
    """

    __slots__ = ()
    __match_args__: tuple[str, ...]

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)
