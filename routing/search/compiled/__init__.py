"""The compiled search: the walk of a route, insertion and ruin over plain arrays, without the interpreter."""
