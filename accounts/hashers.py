"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LeanArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with the least figures OWASP's password storage cheat sheet recommends.

    Django's own take 100 MB and eight threads for each sign-in: thirty people at once would need 3 GB.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
