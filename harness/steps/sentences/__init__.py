"""What Gherkin says: a file a function of the gateway, or one concern of an office."""
