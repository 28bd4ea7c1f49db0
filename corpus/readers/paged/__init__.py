"""Pages as they are printed: words with their places, from a PDF's text or from a picture, put into paragraphs."""
