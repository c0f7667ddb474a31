"""The only room with OR-Tools: what is decided across routes."""
