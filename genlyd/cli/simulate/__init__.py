"""An organisation of any size with months of history, made from stated truths.

The generator (`truths`, `people`, `timetable`, `shares`, `clicks`, `history`) is pure: numpy, a seed, and `now` as
an argument; no Django, no clock. `writer` puts what it made into the database. See docs/reference/simulator.md.
"""
