"""The phone model."""
