"""When a unit will be there, as a distribution: what is known of the way ahead, and how far off that was."""
