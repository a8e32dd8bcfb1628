"""What leaves the house as a file, and what comes back: value in, bytes out, and the other way round."""
