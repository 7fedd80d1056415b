"""What the program in the page speaks to: facts sent in any order, as often as it likes."""
