# -*- coding: latin-1 -*-
"""ä

>>> 1 + 1
3
"""
