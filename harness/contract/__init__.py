"""Ground floor: the published contract as data and pure functions. Imports nothing of the upper floors."""
