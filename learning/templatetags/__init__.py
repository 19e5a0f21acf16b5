"""How templates of learning show figures, times, delivery words and rich text."""
