"""Processor time of a measurement: its own process and, where the system tells it, the database's that serves it.

Time on the clock grows with whatever else the machine does; processor time does so hardly. It leaves out the wait for
the disk. Standard library only: the peers' scripts run in another environment.
"""

import time
from pathlib import Path


def processor_seconds(server: int | None) -> float:
    """Seconds that this process has worked, and the server process (its id) of a database that has one.

    Where the system does not tell what the server has done, the time on the clock stands for both.
    """
    if server is None:
        return time.process_time()
    try:
        worked = Path(f"/proc/{server}/schedstat").read_text().split()[0]
    except OSError:
        return time.perf_counter()
    return time.process_time() + int(worked) / 1e9
