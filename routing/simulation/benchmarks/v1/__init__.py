"""Version 1; every file here is frozen."""
