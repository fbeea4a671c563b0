"""What comes from outside is read in a process of its own, which may fail without harm.

`reader` reads there; `limits` says how much one reading may take. Nothing is imported here, so that
the process is cut off from the network before any library has started a thread.
"""
