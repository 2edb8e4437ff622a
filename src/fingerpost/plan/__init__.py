"""What follows an option: visits and checks, side effects, when to call, questions to bring."""
