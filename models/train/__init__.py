"""Training pipeline of Earshot's wake-word and phone models."""
