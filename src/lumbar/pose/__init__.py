"""Landmarks from recordings: the two BlazePose models, pictures, videos, and traces of what was seen.

Nothing here judges. Traces hold what the models saw, unsmoothed; only the coach smooths.
"""
