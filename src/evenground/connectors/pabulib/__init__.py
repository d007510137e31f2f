"""Pabulib's ``.pb`` files of participatory budgets: read, checked and written without loss.

The format: Faliszewski, Flis, Peters, Pierczyński, Skowron, Stolicki, Szufa and Talmon (2023),
Participatory Budgeting: Data, Tools, and Analysis, IJCAI, 2667-2674, and pabulib.org/format.
"""
