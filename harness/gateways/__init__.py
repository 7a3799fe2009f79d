"""How a gateway under test is started and reached: kinds, the process leash, the client of the south face."""
