"""What citizens do in a public consultation: a form without a puzzle, bounded and throttled; confirmed by mail; erased.

Nobody here is logged in, and nothing here is shown to the public: a remark that was confirmed waits to be looked through.
"""
