"""The pages of staff: signing in, bringing plans in, what was understood of them, corrections."""
