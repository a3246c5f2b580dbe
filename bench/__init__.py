"""What is fast and how fast: `make bench` prints each figure as a ratio of one run beside its goal, on both engines.

A module of this package adds rows by functions marked `@measurement`; they run in the order of the modules' names.
Ratios of one run can be compared between machines, milliseconds cannot; both are printed. Times are processor time of
this process and of the database's that serves it, unless a row says that it was taken by the clock.
"""
