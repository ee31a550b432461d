"""fzwriter."""
