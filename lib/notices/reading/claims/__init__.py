"""What a piece of text says of who answers and by when: labels, verbs and dates → claims."""
