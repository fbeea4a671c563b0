"""The process that reads: `python -m lib.apart`, begun by `pool`."""

from lib.apart import confinement

confinement.begin()

from lib.apart import worker  # noqa: E402  (only now may libraries start threads)

worker.main()
