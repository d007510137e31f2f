"""What can be wrong with the content of a ``.pb`` file: as strict as Pabulib's own checker."""
