"""The phone model: people's speech in, a streaming int8 network out."""
