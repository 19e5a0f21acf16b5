"""Course drafts from a brief: stages as durable work, an outline that a designer approves, drafts that people edit.

Asking a model lives in scenario_ai; nothing here is ever published by itself.
"""
