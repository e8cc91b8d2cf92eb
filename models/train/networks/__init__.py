"""What all models are made of: layers, shapes, training, int8 ranges, weights read back."""
