"""xulang carries out a plan of a Vietnamese local government."""
