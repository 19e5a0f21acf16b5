"""The providers: one for any server that speaks chat completions, one scripted for demo and tests."""
