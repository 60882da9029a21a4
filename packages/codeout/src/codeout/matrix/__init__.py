"""Pages in other environments: do they hold there as well?"""
