"""Measuring: cases and how answers to them are judged, retrieval on BEIR folders, speed. `python -m eval` runs it."""
