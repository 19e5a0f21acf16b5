"""Storyboards as people write them: the words of columns, the notation of points and conditions, rows to scenes.

Nothing here reads or writes a file: readers and writers share it.
"""
