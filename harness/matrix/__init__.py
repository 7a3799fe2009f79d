"""The kill matrix: the whole suite against every defect, one process a run."""
