"""What holds for all tests: how long an example of a property takes says what else the machine was doing."""

from hypothesis import HealthCheck, settings

settings.register_profile("curate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("curate")
