"""Checklists as data, and the check of a plan against them: three verdicts, each with its place."""
