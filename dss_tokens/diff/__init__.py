"""What changed between two states of tokens, and what that means for those who use them."""
