"""The nouns of the engine: what is asked (Problem), what is answered (Plan), what may go wrong."""
