"""What will go wrong if nobody does anything: read (`scene`), found (`rules`) and shown (`view`)."""
