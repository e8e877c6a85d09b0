"""Work for a child process: one file a piece of work, each with `run(desk, …)`.

Only here may an edge reach rooms that need pandas. What a piece has to say goes to the outbox.
"""
