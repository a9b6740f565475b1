"""Settings, addresses and wiring: where the rooms are joined."""
