"""What we ship for tests; nothing in the package imports it.

teachers.py   teachers that answer by a script
"""
