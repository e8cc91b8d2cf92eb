"""What a verifier of a wake word is, known without PyTorch."""

WINDOW = 12  # embeddings that it hears: 1.64 s
HIDDEN = 64
