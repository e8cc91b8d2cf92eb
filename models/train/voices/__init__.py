"""Who says it: synthetic voices, actors and people, and speech out of them."""
