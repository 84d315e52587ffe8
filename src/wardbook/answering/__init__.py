"""What was asked, what answers it, verified quotes, an Answer."""
