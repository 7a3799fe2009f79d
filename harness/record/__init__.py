"""What happened in a run, read from its journal, and what it amounts to: verdicts and exit code."""
