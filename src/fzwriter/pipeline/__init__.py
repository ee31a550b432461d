"""The jobs, each an order of stages. Owns when a stage runs and what its result decides."""

from fzwriter.pipeline.draft import draft

__all__ = ["draft"]
