"""Bytes to scenario and back. Every fault is a finding with a path; nothing is dropped silently."""

from scenario_engine.codec.decode import Decoded, decode, decode_raw
from scenario_engine.codec.encode import digest, encode_json, encode_yaml, to_raw

__all__ = ["Decoded", "decode", "decode_raw", "digest", "encode_json", "encode_yaml", "to_raw"]
