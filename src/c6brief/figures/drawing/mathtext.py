"""Formulas of Matplotlib's texts (``$10^{-3}$``) as plain text, where Unicode has the signs for them.

A formula drawn as outlines could be neither found nor read aloud, and nobody could compare words in it. So the few that
labels have (powers, indices, Greek letters, common signs) become letters, and others are refused.
"""

from __future__ import annotations

import re

_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))

_SIGNS = {
    "times": "×", "cdot": "·", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠",
    "approx": "≈", "circ": "°", "degree": "°", "infty": "∞", "rightarrow": "→", "to": "→", "leftarrow": "←",
    "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "eta": "η", "theta": "θ", "lambda": "λ", "mu": "µ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
    "chi": "χ", "omega": "ω", "euro": "€",
    ",": "\u202f", ";": " ", ":": " ", " ": " ", "!": "", "%": "%", "$": "$", "#": "#", "&": "&", "_": "_", "{": "{", "}": "}",
}  # fmt: skip
_LETTERS_ONLY = ("mathdefault", "mathrm", "mathregular", "mathit", "mathbf", "mathsf", "text", "rm")
"""Commands that change how letters look, which figures do by their faces alone."""

_TOKEN = re.compile(r"\\([A-Za-z]+|.)|([\^_{}])|(\s+)|(.)", re.S)


def plain_math(words: str) -> str | None:
    """``words``, each formula between dollar signs as plain text; ``None`` where one cannot be written so."""
    parts = re.split(r"(?<!\\)\$", words)
    if len(parts) % 2 == 0:
        return words.replace("\\$", "$")  # a single dollar sign opens nothing
    plain = [_formula(part) if number % 2 else part.replace("\\$", "$") for number, part in enumerate(parts)]
    return None if None in plain else "".join(part for part in plain if part is not None)


def _formula(source: str) -> str | None:
    tokens = [match for match in _TOKEN.finditer(source)]
    text, at = _group(tokens, 0)
    return text if text is not None and at == len(tokens) else None


def _group(tokens: list[re.Match[str]], at: int) -> tuple[str | None, int]:
    """The text from token ``at`` to the end of its group, and where that is."""
    found = ""
    while at < len(tokens) and tokens[at][2] != "}":
        raised = tokens[at][2]
        piece, at = _atom(tokens, at + 1) if raised in ("^", "_") else _atom(tokens, at)
        if piece is None:
            return None, at
        if raised in ("^", "_") and piece != "°":
            signs = _RAISED if raised == "^" else _LOWERED
            if not all(sign in signs for sign in piece):
                return None, at
            piece = "".join(signs[sign] for sign in piece)
        found += piece
    return found, at


def _atom(tokens: list[re.Match[str]], at: int) -> tuple[str | None, int]:
    """One sign, or a group in braces, from token ``at``, and where the next one begins."""
    if at >= len(tokens):
        return None, at
    command, structure, space, sign = tokens[at].groups()
    if structure == "{":
        text, end = _group(tokens, at + 1)
        return (text, end + 1) if end < len(tokens) else (None, end)
    if structure:
        return None, at
    if space:
        return "", at + 1
    if sign:
        return ("−" if sign == "-" else sign), at + 1
    if command in _LETTERS_ONLY:
        return _atom(tokens, at + 1)
    return _SIGNS.get(command), at + 1
