"""Pure work on files from outside, done in a child process whose memory and time are bounded.

The worker that waits for it (`parent`) stays healthy whatever a file does to its reader (`child`, without Django).
"""
