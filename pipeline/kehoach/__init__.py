"""kehoach reads Vietnamese administrative plans (kế hoạch của UBND) and lands them in SQLite."""

__version__ = "0.1.0"
