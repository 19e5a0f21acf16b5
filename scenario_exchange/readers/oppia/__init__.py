"""Oppia explorations: YAML of today, YAML of the oldest release with a list of states, and JSON of the Android app."""
