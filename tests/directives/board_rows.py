"""One agency's row of the board, as a page shows it."""

from directives.reports.board import board


def board_row(assignment, *, now):
    """Return the row of an assignment on its directive's board."""
    return next(row for row in board(assignment.directive, now=now).rows if row.assignment_id == assignment.pk)
