"""The plan as plain values, its periods and its arithmetic. No Django models, no clock, no language of its own."""
