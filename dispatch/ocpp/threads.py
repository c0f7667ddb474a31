"""Work on the database, each piece in a thread of its own: one slow frame holds up no other charger."""

from functools import partial

from channels.db import database_sync_to_async

in_thread = partial(database_sync_to_async, thread_sensitive=False)
