"""Trained weights to TensorFlow Lite files."""
