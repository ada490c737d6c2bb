"""Faults done to the sender on purpose: real servers, real processes, and a count of what arrived.

A message is counted by its Message-ID. `lost` never arrived, `doubled` arrived again.
"""
