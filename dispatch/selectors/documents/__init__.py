"""The shapes of what we answer, on HTTP and on sockets alike; the API schema is made from these."""
