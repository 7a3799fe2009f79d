"""The way in, under a name that no other project has: it looks who else is called like our rooms before one is entered."""
