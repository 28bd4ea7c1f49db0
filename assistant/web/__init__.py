"""The page: a Gradio chat in FastAPI, answer left, sources right, closed by default."""
