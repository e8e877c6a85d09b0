"""What a running workspace remembers, all of it in memory."""
