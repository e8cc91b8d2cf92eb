"""Wake words: the word, its scenes, its model, its points and its card."""
