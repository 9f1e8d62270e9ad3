"""What we are measured beside: scripts that run in an environment of their own, with other people's libraries.

peers.in                 what is installed there; peers.lock: pinned by hash
datatrove_filter.py      rows filtered by datatrove, by rules like ours
datatrove_minhash.py     near-duplicates found by its four stages
datasketch_pairs.py      which pairs datasketch's LSH takes for alike
"""
