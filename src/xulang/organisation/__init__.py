"""Units in time, posts, people and what each may see."""
