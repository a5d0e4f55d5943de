"""Many values made at once, without the search for garbage that making them would set off."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Nothing that a plan is read into is garbage: looking for some, in a hundred thousand values, takes as long as
    reading them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                # Into the oldest generation without a look; the first value made from now on would set off the search.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
