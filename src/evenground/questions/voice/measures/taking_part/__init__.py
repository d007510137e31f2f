"""Who took part against who lives there, by group and by place; nobody is inferred from an area."""
