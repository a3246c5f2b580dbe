"""A village's workbook, read without trusting it: from the file's bytes to frozen rows and a list of problems.

`container` looks at the zip before anything parses it, `child` parses it in a process with limits, `grid` holds what
came out, `table` finds headings, rows and totals, `sheets` turns each sheet into rows, `village` puts them together,
`plan` writes them as journal entries in the order of a meeting's money, and `checks` says what cannot be true. No
Django in here.
"""
