"""What the contract permits, by subject matter: each module goes over the history of a run and yields every occasion on which
one of its rules could be broken."""
