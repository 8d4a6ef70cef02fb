"""How rules are found and run, and what they look at.

``registry`` is the list of all rules, ``rule`` the decorator, ``run`` the review itself, ``reference`` the page
``docs/rules.md``. ``brief`` takes a brief and its prose apart once, ``template`` the files of a template; ``places``,
``sentences``, ``numbers`` and ``vocabulary`` help rules to read prose.
"""
