"""What a microphone across the room makes of it: rooms, noises, music, features."""
