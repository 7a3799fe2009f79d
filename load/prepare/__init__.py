"""What a load run is made of, before anything is sent."""
