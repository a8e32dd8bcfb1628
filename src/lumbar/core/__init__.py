"""The mind: pure values and functions. It is given time, randomness and input; it touches nothing."""
