"""What any platform needs and that knows no noun of the trade: journal, stored files, append-only tables."""
