"""The process that reads: `python -m lib.apart`, begun by `pool`."""

from lib.apart import confinement

if __name__ == "__main__":
    confinement.begin()

    from lib.apart import worker  # only now may libraries start threads

    worker.main()
