"""A big fleet on a real house: who plants it, who loads it, and what is measured."""
