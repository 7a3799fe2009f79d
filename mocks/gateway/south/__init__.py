"""The south face (guide §2): a file for each thing that is asked for, one function a row."""
