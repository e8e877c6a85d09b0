"""From the frame to health: a versioned model, scores, and why.

`model`, `details` and `explain` are free of numpy, so that commands and jobs may read them.
"""
