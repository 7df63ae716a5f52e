"""Facts with anchors: head, units, deadlines, targets, citations, tasks."""
