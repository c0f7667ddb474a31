"""Finding good plans: insertion, and improvement by tearing down and building up again."""
