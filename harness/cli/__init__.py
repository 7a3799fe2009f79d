"""The command renkei: one file a command, thin."""
