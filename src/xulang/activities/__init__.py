"""What was done: events, training, publications, press contacts, dissemination, commendations, and what shows them."""
