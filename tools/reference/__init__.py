"""The pages of docs/reference, each written from the code by one function that takes nothing and gives Markdown."""
