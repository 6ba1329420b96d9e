"""`python -m feedback_lint`."""

from feedback_lint.cli import main

main()
