"""Historical comparison: sources, rules, suppressors and roles, over one sentence at a time."""
