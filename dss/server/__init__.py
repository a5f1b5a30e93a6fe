"""Servers: doors that speak HTTP."""
