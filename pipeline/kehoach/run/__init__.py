"""The orchestrator: the way of one file through the rooms, and of many files over processes."""
