"""Every report once, whatever fails: schedulers, workers and a bad mail server as real processes, killed at random.

`make chaos DB=sqlite|postgres|postgres+redis KILLS=20`. Not part of `make test`: it takes minutes.
"""
