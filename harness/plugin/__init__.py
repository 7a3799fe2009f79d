"""The pytest plugin: `pytest --gateway …` and `renkei run` are the same run."""
