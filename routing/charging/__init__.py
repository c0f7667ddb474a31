"""Energy to time and time to energy, exactly, with taper and limits."""
