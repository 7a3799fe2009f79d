"""What sentences do, shared by several of them; nothing of Gherkin."""
