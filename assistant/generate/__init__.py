"""Answers put into words by a language model: numbered passages go out, only what they say comes back."""
