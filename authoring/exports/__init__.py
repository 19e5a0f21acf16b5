"""Scenarios and courses as files to take away: what is written. Writing the formats lives in scenario_exchange."""
