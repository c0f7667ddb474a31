"""Large problems in parts: cut out, improved each by itself, put together again."""
