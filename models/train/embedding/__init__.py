"""Google's speech embedding, taught to hear through noise."""
