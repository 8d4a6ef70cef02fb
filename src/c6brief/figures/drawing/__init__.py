"""What drawings are made with: the canvas, its style and fonts, scales and signs, and files to keep it in.

``style``, ``palette`` and ``numbers`` import neither Matplotlib nor NumPy: checks use them too. All others do.
"""
