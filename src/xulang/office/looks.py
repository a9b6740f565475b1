"""How states look: for each a tone and a shape. The word comes with the state itself; never colour alone."""

# Outlines on a 16 × 16 grid.
SHAPES = {
    "tick": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm4.300 5.900-5.100 5.600-3.500-3.300 1.300-1.400 2.100 2 3.800-4.200Z",
    "tick-ring": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800Z"
    "m4 4.300-4.800 5.200L4 8.400l1.200-1.300 1.900 1.800 3.600-3.900Z",
    "ring": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z",
    "half": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 2v12A6 6 0 0 1 8 2Z",
    "alarm": "M8 .600 16 15H0Zm-1 5 .200 5h1.600L9 5.600ZM8 11.600a1.100 1.100 0 1 0 0 2.200 1.100 1.100 0 0 0 0-2.200Z",
    "back": "M6 1 0 6.500 6 12V8.500h4a3 3 0 0 1 0 6H5V16h5.200a4.700 4.700 0 0 0 0-11.500H6Z",
    "diamond": "M8 0l8 8-8 8-8-8Zm0 2.800L2.800 8 8 13.200 13.200 8Z",
    "square": "M2 2h12v12H2Zm2 2v8h8V4Z",
    "cross": "M3 1.200 8 6.200l5-5L14.800 3l-5 5 5 5-1.800 1.800-5-5-5 5L1.200 13l5-5-5-5Z",
}

# state → (tone, shape). Words of the rooms' enums.
LOOKS = {
    # directives
    "RECEIVED": ("open", "square"),
    "REFUSED_SECRET": ("late", "cross"),
    # programmes and tasks
    "REVIEW": ("waiting", "half"),
    "PROPOSED": ("waiting", "half"),
    "DROPPED": ("quiet", "cross"),
    "CLOSED": ("quiet", "square"),
    "ORDER": ("open", "square"),
    "REQUEST": ("thread", "diamond"),
    "DOUBTFUL": ("needs", "diamond"),
    # assignments, expected reports, entries
    "OPEN": ("open", "ring"),
    "EXPECTED": ("open", "ring"),
    "ISSUED": ("open", "square"),
    "PROGRESS": ("open", "half"),
    "NIL": ("quiet", "square"),
    "DONE": ("done", "tick"),
    "REPORTED": ("waiting", "half"),
    "CONFIRMED": ("done", "tick"),
    "RETURNED": ("needs", "back"),
    "ANSWERED": ("done", "tick"),
    "WITHDRAWN": ("quiet", "cross"),
    # the leader's four figures
    "DONE_ON_TIME": ("done", "tick"),
    "DONE_LATE": ("waiting", "tick-ring"),
    "OPEN_IN_TIME": ("open", "ring"),
    "OPEN_OVERDUE": ("late", "alarm"),
}
