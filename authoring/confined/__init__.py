"""Pure work on files from outside, done in a child process whose memory and time are bounded.

The worker that waits for it stays healthy whatever a file does to its reader.
"""

from authoring.confined.parent import Ended, run_confined

__all__ = ["Ended", "run_confined"]
