"""Before a pilot: what could it show, with how many areas, for how long, in which design?"""
