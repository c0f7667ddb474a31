"""What chargers report and are told: links, sessions, commands, the interlock, what plans learn of it."""
