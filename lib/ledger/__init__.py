"""The ledger: what was reported, done, extended and returned, and what follows from it on a day.

Events are added, never changed (`store`); `journal` keeps them as columns, `status` is what they say of a
table on a day, `reporting` who has reported, `lights` what the declared rules say, `completion` and
`chase` what the office asks. `acts` makes the events.
"""
