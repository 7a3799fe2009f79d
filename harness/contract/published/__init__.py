"""The published contract: files for every language. Python stands here only to make the worked examples."""
