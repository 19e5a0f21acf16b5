"""Files that designers bring: uploaded once, read in a confined process, saved as drafts with a report on each scene.

Reading formats lives in scenario_exchange.
"""
