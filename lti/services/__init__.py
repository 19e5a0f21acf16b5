"""Calls to the services of platforms (LTI Advantage), through foundation's guarded client. No rows but reads."""
