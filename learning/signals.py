"""The one signal of learning, sent by `learning.grading.regrade` inside its transaction.

`grade_changed` carries participation_id (int), module (str, "" is the whole placement), ratio (Decimal of four
places, or None), revision (int, rises by one with each change) and at (datetime). Receivers write their own rows
in the same transaction and must not call out.
"""

from django.dispatch import Signal

grade_changed = Signal()
