"""The loops that take most of the time, as plain Python over arrays, for numba to compile.

Each does what the function of the same purpose in NumPy does, with equal results: sums are of whole
numbers, and every other number is worked out by the same steps.
"""
