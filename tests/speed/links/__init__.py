"""The redirect links against their goals, side by side in one run: `make bench ARGS=links`."""
