"""One file per job: when, for whom, what it says."""
