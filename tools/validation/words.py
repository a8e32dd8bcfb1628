"""The words of the page, for people who read documentation."""

GOALS = {
    "plank-f1": "Labelled planks: correct, too high and too low told apart (macro F1)",
    "plank-f1-changed": "The same, mirrored, shifted or scaled to 0.6 (the worst of the three)",
    "plank-unchanged": "Labelled planks answered otherwise when mirrored, shifted or scaled",
    "plank-accepted": "Labelled correct planks credited",
    "side-plank-accepted": "Side planks found in position, right view",
    "side-plank-accepted-short": "The same, where the easier form is asked for and the harder shown",
    "others-as-plank": "Stills of other exercises and of desk work found in position for a plank",
    "others-credited": "Stills of something else credited as the exercise asked for (all exercises)",
    "drawn-poses": "Drawn poses that are no hold, credited as any hold (drawings, not pictures)",
    "at-rest": "People who lie, kneel or rest in clips, credited as any hold (frames)",
    "caught-stills": "Faults caught, stills",
    "caught-frames": "Faults caught, frames of clips",
    "named-stills": "Caught faults named right, stills",
    "named-frames": "Caught faults named right, frames of clips",
    "false-stills": "Good form faulted, stills",
    "false-frames": "Good form faulted, frames of clips",
    "false-alarms": "Clips in which a fault was told of that was not there",
    "alarms-at-rest": "Clips in which somebody who had left the posture was told of a fault",
    "line-error-stills": "Plank's body line from the side: mean error, stills",
    "line-bias-stills": "The same: bias, stills",
    "line-error-frames": "Plank's body line from the side: mean error, frames of clips",
    "line-bias-frames": "The same: bias, frames of clips",
    "high-stills": "Camera too high: judged wrongly, stills",
    "high-frames": "Camera too high: judged wrongly, frames of clips",
    "clock-start": "Hold clock starts within 0.5 s of when it is due",
    "clock-end": "Hold clock stops within 0.5 s of when it is due",
    "delay": "Onset of a fault to its event, beyond what the check waits (median)",
    "delay-missed": "Faults that came and stayed and were never told of",
    "sides-stills": "Left and right swapped, stills",
    "sides-clips": "Left and right swapped, clips",
}

INTRODUCTION = """\
Every number here was measured, none was promised first and believed. {stills} stills and {clips} clips ({frames}
frames) of {people} rendered people, whose joints are known exactly, went through our own pose model and the coach; so
did {labelled} frames of real planks from {labelled_groups} recordings that people had labelled by hand. Wherever a
goal is not kept, the table says so."""

METHOD = """\
How to read it:

- A fault is *there* when the true angle in space lies 4 degrees or more beyond the acceptable band, and *not there*
  inside the band. In between nobody is blamed for either answer. Bands of heights (the plank's hips) are turned into
  degrees of that very body's line.
- What is true comes from the joints that posed the picture, with a geometry of its own; no check has a say in it. The
  one thing taken from the exercise file is where a band ends: the table tells how well a band is kept, not whether the
  band is wise.
- Frames and stills are judged alone, without the coach's smoothing. *Caught* counts what was not judged or refused as
  missed. *Refused* is a person in the posture who was told that they are not.
- The clock owes a hold all its time but half a second at the entry. An edge that is off by a positive number came late.
  Only holds of a second or more are counted, and none is ended by the end of its clip.
- A delay counts from the moment at which the true angle leaves the band, beyond the time that the check waits by
  design: its own dwell or, on the way into a hold, the 3 seconds that a person is left to settle.
- Intervals: Wilson's for stills. For frames, and for anything averaged over people, whole clips or people are drawn
  2000 times with a fixed seed; `n in m` means n frames or stills of m clips or people. Where all of them agree,
  Wilson's over the clips stands instead, because draws would claim to be certain. A goal that is kept although its
  interval reaches beyond the limit is called *yes, not sure*: there are too few pictures to be sure.
- Stills of one person are treated as strangers to each other. They are not quite, so those intervals are somewhat too
  narrow."""

LIMITS = """\
What this cannot tell:

- The people are rendered: seven bodies, clean light, tight clothes, no motion blur, flesh that does not flatten, smooth
  interpolated motion. Real rooms are worse. The errors are a floor; which view and which joint are weak carries over.
- Their pikes end at 32 degrees, inside what people label a correct plank: `hips-piked` is tested by the labelled
  planks alone.
- The labelled planks are a handful of recordings, seen from the side. Whether they hold for you is told by the spread
  between recordings more than by the number of frames.
- The hip hinge was never filmed, nor anybody lifting: its checks, its counting and the order of hips and knees, which
  is judged by where the hips end up, are tried on drawn bodies alone.
- Straight-arm planks, the easier rungs, downward dogs and the bottom of a push-up were never filmed; the last two are
  only drawn. Nothing here was done by a person with back pain.
- The coach counts and corrects. It does not measure health, and none of this says that an exercise helps."""
