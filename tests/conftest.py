"""What holds for every test: nothing is judged by how fast this machine is at the moment."""

from hypothesis import HealthCheck, settings

settings.register_profile("renkei", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("renkei")
