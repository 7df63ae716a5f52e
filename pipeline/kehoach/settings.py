"""Environment and options as one frozen value; only `run` and the rooms above it see it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "KEHOACH_HOME"  # set by the launcher: the project's folder
DATABASE = Path("output") / "kehoach.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one run was asked to do. `jobs`: worker processes, at least 1."""

    db: Path
    jobs: int = 1
    use_cache: bool = True
    reread: bool = False

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise ValueError(f"jobs is {self.jobs}")


def default_database(environment: Mapping[str, str] = os.environ) -> Path:
    """`output/kehoach.db` in the project's folder, or in the working folder where there is no launcher."""
    return Path(environment.get(HOME_VARIABLE, ".")) / DATABASE


def core_count() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))
