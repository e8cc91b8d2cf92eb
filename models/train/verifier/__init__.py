"""What has the last word on a wake word: a small network over speech embeddings."""
