"""The record taken out and facts brought in, each with a preview before anything is kept.

`outgoing.record_file` and `outgoing.archive` take the record out. `incoming.understand` reads a file that was
given (record file, archive, case sheet, laboratory values) and says what it holds and what was not understood;
`incoming.take_in` adds it. Between the two, `waiting` keeps the file in the encrypted store.
"""
