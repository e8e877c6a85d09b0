"""Heavy work, one file each, done in a child process: `work(bench, …)` gives a JSON answer."""
