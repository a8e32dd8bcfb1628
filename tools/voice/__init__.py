"""lumbar's own voice: what may be said, and the recordings of it that come with the page."""
