"""How far the coach can be trusted: all ground truth, through our own pose pipeline and the coach, into one table.

    python tools/validate.py

What is true of a picture comes from the joints that posed it and never from the checks: a mistake of theirs must not
hide itself.

    truth        pictures, clips and what is true of them
    anatomy      degrees and heights of true joints, in space and in the picture
    sight        landmarks, by our own pose pipeline, kept for the next time
    verdicts     what is truly there beside what the judge and the coach said
    intervals    figures with their 95 % intervals
    faults, clock, readings, planks, crossing      one part of the table each
    goals        what was promised beside what was measured
    page         the table as a page
"""
