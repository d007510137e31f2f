"""What residents were asked beside the closed bins: a conversation, a panel, a vote on a budget."""
