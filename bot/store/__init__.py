"""Tables, units of work, the outbox and the inbox. The only room that talks to the database."""
