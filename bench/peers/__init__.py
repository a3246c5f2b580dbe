"""Public peers doing the same 200 deposits; each script runs in an environment of its own (bench/m_4_peers.py)."""
