"""The scenarios: Japanese Gherkin, one folder a use case."""
