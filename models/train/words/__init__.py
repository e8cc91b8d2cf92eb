"""What is said: sentences, prompts, and how their words sound."""
