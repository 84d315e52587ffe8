"""What holds for all tests."""

from hypothesis import settings

# the same examples in each run, so that a change is judged by what it changed; `make fuzz` draws others
settings.register_profile("same", derandomize=True)
settings.register_profile("drawn", derandomize=False, print_blob=True)
settings.load_profile("same")
