"""mastkit: open software for systemic mastocytosis."""
