"""What reaches beyond a scenario, and so comes before or after all of them, one act after the other: a directory that cannot be had,
switches of whole affairs, a gateway that is killed."""
