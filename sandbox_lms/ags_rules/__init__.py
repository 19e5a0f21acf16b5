"""What each LMS does with a posted score: pure functions, no Django, no clock of their own."""
