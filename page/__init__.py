"""The web page. blocks.py alone knows Gradio; each panel's HTML is made by pure functions in a file of its own."""
