"""The year, or a month, in review: answers told as a story, as a page and as Markdown, in English and in Chinese."""
