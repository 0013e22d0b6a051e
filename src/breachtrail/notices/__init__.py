"""What a notice is: its columns, the words for their values, and the rules that screen a row."""
