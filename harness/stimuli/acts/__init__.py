"""What reaches beyond a scenario, and so comes after all of them, one act after the other: switches of whole affairs, a directory
that cannot be had, a gateway that is killed."""
