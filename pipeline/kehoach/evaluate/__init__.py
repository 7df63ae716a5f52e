"""Scores the database against gold records, by variant of scan, as the contract's score.py does.

Texts are compared after NFC, case folding, collapsing white space and dropping punctuation. A predicted
item and a gold item pair up when their similarity reaches a threshold, best pairs first, each used once.
What a gold record leaves out is not scored. A plan without a record counts as one that says nothing.
"""

from kehoach.evaluate.report import report
from kehoach.evaluate.scores import Miss, Scores, Tally, paired, similarity
from kehoach.evaluate.variants import evaluate

__all__ = ["Miss", "Scores", "Tally", "evaluate", "paired", "report", "similarity"]
