"""The store: facts, only ever added.

`store.facts.append` adds facts and says of each what became of it; `store.reading.load` gives the record;
`store.pictures` keeps photos. Views reach them through `people.access`, which checks rights first.
"""
