"""What a speech embedding is, known without PyTorch."""

NUMBERS = 96
