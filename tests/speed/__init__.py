"""Speed, measured and written down, never asserted: see tools/bench.py."""
