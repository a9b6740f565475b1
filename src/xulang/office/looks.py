"""How states look: for each a tone and a shape. The word comes with the state itself; never colour alone."""

# Outlines on a 16 × 16 grid.
SHAPES = {
    "tick": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm4.3 5.9-5.1 5.6-3.5-3.3 1.3-1.4 2.1 2 3.8-4.2Z",
    "tick-ring": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8Z"
    "m4 4.3-4.8 5.2L4 8.4l1.2-1.3 1.9 1.8 3.6-3.9Z",
    "ring": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z",
    "half": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 2v12A6 6 0 0 1 8 2Z",
    "alarm": "M8 .6 16 15H0Zm-1 5 .2 5h1.6L9 5.6ZM8 11.6a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2Z",
    "back": "M6 1 0 6.5 6 12V8.5h4a3 3 0 0 1 0 6H5V16h5.2a4.7 4.7 0 0 0 0-11.5H6Z",
    "diamond": "M8 0l8 8-8 8-8-8Zm0 2.8L2.8 8 8 13.2 13.2 8Z",
    "square": "M2 2h12v12H2Zm2 2v8h8V4Z",
    "cross": "M3 1.2 8 6.2l5-5L14.8 3l-5 5 5 5-1.8 1.8-5-5-5 5L1.2 13l5-5-5-5Z",
}

# state → (tone, shape). Words of the rooms' enums.
LOOKS = {
    # directives
    "RECEIVED": ("open", "square"),
    "REFUSED_SECRET": ("late", "cross"),
    "AMENDED": ("waiting", "half"),
    "REPLACED": ("late", "cross"),
    "EXPIRED": ("late", "cross"),
    "ABSENT": ("quiet", "ring"),
    "READ": ("done", "tick"),
    "UNITS": ("open", "square"),
    "ARCHIVE": ("quiet", "square"),
    "OUTSIDE": ("quiet", "ring"),
    "UNREAD": ("needs", "diamond"),
    # programmes and tasks
    "REVIEW": ("waiting", "half"),
    "PROPOSED": ("waiting", "half"),
    "DROPPED": ("quiet", "cross"),
    "JOINED": ("thread", "diamond"),
    "SOURCED": ("thread", "diamond"),
    "CLOSED": ("quiet", "square"),
    "ORDER": ("open", "square"),
    "REQUEST": ("thread", "diamond"),
    "LEAD": ("open", "square"),
    "COORDINATING": ("quiet", "half"),
    "DOUBTFUL": ("needs", "diamond"),
    "UNTOUCHED": ("quiet", "ring"),
    "KEPT": ("quiet", "square"),
    "ENDED": ("late", "cross"),
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
    "ACCEPTED": ("done", "tick-ring"),
    "DECLINED": ("late", "cross"),
    "WITHDRAWN": ("quiet", "cross"),
    "MOVED": ("thread", "diamond"),
    "REDATED": ("thread", "half"),
    # activities
    "PLANNED": ("waiting", "ring"),
    "RECORDED": ("open", "square"),
    "CORRECTED": ("quiet", "half"),
    "EVIDENCED": ("open", "half"),
    "FILED": ("thread", "diamond"),
    "APPROVED": ("done", "tick"),
    "REFUSED": ("quiet", "cross"),
    # reorganisations
    "DRAFT": ("waiting", "half"),
    "APPLIED": ("done", "tick"),
    "UNDONE": ("quiet", "back"),
    # files of the directory, and what a later directive makes of a task
    "STAGED": ("waiting", "half"),
    "DISCARDED": ("quiet", "cross"),
    "NEW": ("done", "tick"),
    "CHANGED": ("waiting", "half"),
    "SAME": ("quiet", "square"),
    "FAULTY": ("late", "alarm"),
    # the leader's four figures
    "DONE_ON_TIME": ("done", "tick"),
    "DONE_LATE": ("waiting", "tick-ring"),
    "OPEN_IN_TIME": ("open", "ring"),
    "OPEN_OVERDUE": ("late", "alarm"),
}
