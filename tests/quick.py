"""The house's own way of hashing passwords, at its least cost: nobody attacks the passwords of tests."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """A millisecond where the one in use takes a fifth of a second of the processor, by intent."""

    time_cost = 1
    memory_cost = 8  # KiB
    parallelism = 1
