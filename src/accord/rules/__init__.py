"""Every decision a district makes, as pure functions beside their clauses. Standard library only."""
